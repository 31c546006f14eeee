"""Departments at several places: what they are called, and how far apart they are."""

from sim.spec.base import text_of
from sim.spec.organization import Department, Organization
from sim.words import Text, words

texts = words("sites")


def called_at(department: Department, name: str) -> Text:
    """Return what people call a department, with its site where it has one."""
    label = text_of(department.label, name)
    site = text_of(department.site)
    return texts.AT_SITE.format(label=label, site=site) if site.en else label


def apart_by_site(organization: Organization) -> dict[tuple[str, str], float]:
    """Return how far apart departments are that have different sites, by what is said of all of them."""
    far = organization.relations.between_sites
    if far == 0.0:
        return {}
    sites = {name: text_of(one.site) for name, one in organization.departments.items() if text_of(one.site).en}
    return {(i, j): far for i, here in sites.items() for j, there in sites.items() if here != there}
