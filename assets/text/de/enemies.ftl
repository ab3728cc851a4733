# Die Gegner: wie sie heißen, und was sie tun.

enemy-latency-piranha-plant = Latenz-Piranha-Pflanze
enemy-coordination-thwomp = Koordinations-Thwomp
enemy-circuit-breaker-thwomp = Schutzschalter-Thwomp
about-latency-piranha-plant = Beißt in ihr Rohr: Solange sie draußen ist, wird alles aufgehalten, was vorbeikommt.
about-coordination-thwomp = Kracht auf eine Maschine: Sie steht still, fällt aus oder wird langsam.
about-circuit-breaker-thwomp = Schlägt ein Rohr zu: Was man hineinschickt, ist weg, und niemand sagt es.

# Ihre Namen in Kürze, solange man plant.
plate-latency-piranha-plant = Piranha-Pflanze
plate-coordination-thwomp = Thwomp
plate-circuit-breaker-thwomp = Tor-Thwomp
