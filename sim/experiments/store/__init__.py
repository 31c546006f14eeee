"""The store of an experiment: a folder that any driver can go on with, whatever happened to the one before."""

from sim.experiments.store.blocks import RUNS, Blocks
from sim.experiments.store.errors import StoreError, StoreWarning
from sim.experiments.store.folder import CHECKSUMS, MANIFEST, POINTS, Store, is_store
from sim.experiments.store.lock import locked
from sim.experiments.store.manifest import manifest_of
from sim.experiments.store.sealed import DamagedError, read_table, seal_of, sealed, write_table

__all__ = [
    "CHECKSUMS",
    "MANIFEST",
    "POINTS",
    "RUNS",
    "Blocks",
    "DamagedError",
    "Store",
    "StoreError",
    "StoreWarning",
    "is_store",
    "locked",
    "manifest_of",
    "read_table",
    "seal_of",
    "sealed",
    "write_table",
]
