"""Identities of departments and approvers: what tells them apart in the addresses of draws, whatever they are called.

An identity is no row of a table. Rows shift when somebody is added; nobody's luck may change because the file also
describes a department, or an approver, that has nothing to do with anybody.
"""

from sim.spec.organization import Organization

APPROVERS = 16
"""Bits below an approver's place; there are fewer departments than they can count."""


def named_by_processes(organization: Organization) -> set[str]:
    """Return every department and approver that a step names in any role."""
    steps = (step for process in organization.processes.values() for step in process.steps.values())
    found = {name for step in steps for name in (step.R, step.A, *step.C, *step.I, *step.contested_by)}
    return {name for name in found if name is not None}


def identities(organization: Organization, stated: Organization | None = None) -> dict[str, int]:
    """Return the identity of every owner of a queue, also in another structure than that of the organization `stated`.

    Departments are numbered in the order of the file: first management and those that processes name, themselves or by
    their approvers; then those that have work of their own only; then those that never do anything. An approver has
    the number of its department and its place there, those that processes name first; where another structure has
    more of them, those come behind.
    """
    stated = stated or organization
    named = named_by_processes(stated)
    busy = {name.partition(".")[0] for name in named} | {stated.management}
    departments = stated.departments

    def group(name: str) -> tuple[bool, bool]:
        own = departments[name].own_work
        return name not in busy, own is None or own.share == 0.0

    order = sorted(departments, key=group)
    found = {name: number for number, name in enumerate(order)}
    for name, department in departments.items():
        approvers = sorted((f"{name}.{pool}" for pool in department.pools), key=lambda one: one not in named)
        more = (f"{name}.{pool}" for pool in organization.departments[name].pools if pool not in department.pools)
        found |= {one: found[name] + (place << APPROVERS) for place, one in enumerate((*approvers, *more), start=1)}
    return found
