"""`python -m tests.mutation`: which changes of the source does no test notice?"""

from tests.mutation.survivors import main

main()
