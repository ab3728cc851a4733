# Die Gegner: wie sie heißen, und was sie tun.

enemy-latency-piranha-plant = Latenz-Piranha-Pflanze
enemy-coordination-thwomp = Koordinations-Thwomp
enemy-circuit-breaker-thwomp = Schutzschalter-Thwomp
about-latency-piranha-plant = Beißt in ihr Rohr: Solange sie draußen ist, wird alles aufgehalten, was vorbeikommt.
about-coordination-thwomp = Kracht auf eine Maschine: Sie steht still, fällt aus, wird langsam oder antwortet mit Fehlern.
about-circuit-breaker-thwomp = Schlägt ein Rohr zu, in einer Richtung oder beiden, engt es ein oder macht es undicht. Niemand sagt es.

# Ihre Namen in Kürze, solange man plant.
plate-latency-piranha-plant = Piranha-Pflanze
plate-coordination-thwomp = Thwomp
plate-circuit-breaker-thwomp = Tor-Thwomp
plate-crash = Absturz-Thwomp
plate-vanish = Stiller Thwomp
plate-slow = Zäher Thwomp
plate-errors = Fehler-Thwomp
plate-shut-forward = Taubes Tor
plate-shut-backward = Stummes Tor
plate-leak = Undichtes Tor
plate-squeeze = Enges Tor

# Was einer von ihnen tut. Wo das nicht immer gleich ist, sagt $n, wie stark.
foe-delay = Beißt in ihr Rohr: Solange sie draußen ist, wird alles aufgehalten, im Mittel { $n } lang.
foe-pause = Kracht auf eine Maschine: Sie steht still, mitten in der Arbeit, und macht danach weiter.
foe-crash = Kracht auf eine Maschine: Sie fällt mit ihrer Arbeit aus, und wer sie ruft, erfährt es sofort.
foe-vanish = Nimmt einer Maschine den Strom: Sie ist weg, ohne ein Wort, und wer sie ruft, wartet bis zum Timeout.
foe-slow = Kracht auf eine Maschine: Alles, was sie beginnt, dauert { $n }-mal so lange.
foe-errors = Kracht auf eine Maschine: Sie beantwortet { $n } % von allem, was kommt, sofort mit einem Fehler.
foe-shut = Schlägt ein Rohr zu: Was man hineinschickt, ist weg, in beiden Richtungen, und niemand sagt es.
foe-shut-forward = Sperrt ein Rohr in einer Richtung: Anfragen verschwinden darin. Antworten kämen durch.
foe-shut-backward = Sperrt ein Rohr in einer Richtung: Anfragen kommen an und machen Arbeit, aber ihre Antworten verschwinden.
foe-leak = Macht ein Rohr undicht: { $n } % von dem, was durchfließt, geht verloren, in beiden Richtungen, und niemand sagt es.
foe-squeeze = Engt ein Rohr ein: Nur { $n } % seiner Bandbreite bleiben, in beiden Richtungen.
foe-copies =
    { $n ->
        [one] Er trifft nur eine Kopie.
       *[other] Er trifft nur { $n } Kopien.
    }

# Was aus dem Getroffenen wird, nach seinem Namen.
struck-delay = aufgehalten
struck-pause = steht still
struck-crash = ausgefallen
struck-vanish = weg ohne ein Wort
struck-slow = langsam
struck-errors = antwortet mit Fehlern
struck-shut = zu
struck-shut-forward = Anfragen verschwinden
struck-shut-backward = Antworten verschwinden
struck-leak = undicht
struck-squeeze = eng
