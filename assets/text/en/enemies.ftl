# The enemies: their names, and what they do.

enemy-latency-piranha-plant = Latency Piranha Plant
enemy-coordination-thwomp = Coordination Thwomp
enemy-circuit-breaker-thwomp = Circuit Breaker Thwomp
about-latency-piranha-plant = Bites its pipe: while it is out, all that passes is held up.
about-coordination-thwomp = Slams on a machine: it stands still, goes down, or is slow.
about-circuit-breaker-thwomp = Slams a pipe shut: what is sent into it is gone, and nobody says so.

# Their names in short, while one plans.
plate-latency-piranha-plant = Piranha Plant
plate-coordination-thwomp = Thwomp
plate-circuit-breaker-thwomp = Gate Thwomp
