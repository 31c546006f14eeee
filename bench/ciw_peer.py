"""The network in Ciw: nodes, exponential services and a routing matrix."""

from __future__ import annotations

import ciw

from bench.network import Network, Notes, Played, notes, played


def play(network: Network, seed: int) -> ciw.Simulation:
    """Run the network once."""
    n = network.departments
    onward = network.goes_on / network.fan
    steps = range(1, network.fan + 1)
    ciw.seed(seed)
    model = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(network.arrivals)] * n,
        service_distributions=[ciw.dists.Exponential(1.0)] * n,
        routing=[[onward if (j - i) % n in steps else 0.0 for j in range(n)] for i in range(n)],
        number_of_servers=[network.people] * n,
    )
    simulation = ciw.Simulation(model)
    simulation.simulate_until_max_time(network.hours)
    return simulation


def read(network: Network, product: ciw.Simulation) -> Played:
    """Return the means of a run from the records that Ciw keeps of every visit."""
    noted: Notes = notes()
    came: dict[int, float] = {}
    records = sorted(product.get_all_records(), key=lambda record: record.arrival_date)
    for record in records:
        came.setdefault(record.id_number, record.arrival_date)
        noted.starts.append(record.service_start_date)
        noted.waits.append(record.waiting_time)
        if record.destination == -1:
            noted.departures.append(record.exit_date)
            noted.sojourns.append(record.exit_date - came[record.id_number])
    noted.arrivals.extend(came.values())
    return played(network, noted, len(records))
