"""Whatever needs numba: used where the kernel is compiled on this machine, and where a library of it is built."""
