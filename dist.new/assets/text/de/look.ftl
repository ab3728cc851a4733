# Was in wenigen Worten gesagt wird, wo wenig Platz ist: Marken, Schilder, Zeichen.

chip-good-share = { $share } % < { $within }
chip-p99 = p99 < { $bound }
chip-cost = Kosten bis { $bound }
chip-class-share = { $class } { $share } % < { $within }
chip-error-budget = Budget { $share } %
chip-beaten = { $count } besiegt
chip-break = max. { $share } % < { $within }

plate-latency-piranha-plant = Piranha-Pflanze
plate-coordination-thwomp = Thwomp
plate-circuit-breaker-thwomp = Tor-Thwomp

map-start = Hier beginnen
map-onward = Weiter
map-open = Folge dem Licht oder spring voraus: Kein Tor ist verschlossen.

star-robust-later = erst gewinnen

chart-no-answers = keine Antwort kam zurück
