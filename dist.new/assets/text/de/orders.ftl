# Aufträge, die der Navigator ausführt, Fehler, die man selbst setzt, und Schritte einer Einführung.

# Wie lange es dauert, bis ein Auftrag wirkt, in Sekunden des Spiels.
order-in = in { $s } s
valve-to-shut = Ventil wird gleich geschlossen
valve-to-open = Ventil wird gleich geöffnet
refusal-no-way = Dorthin führt kein Weg
refusal-nothing-to-recall = Es ist nichts befohlen

objective-break = Höchstens { $share } % in { $within } beantwortet
refusal-system-stays = Das System bleibt, wie es ist
refusal-no-fault-left = { $kind }: keine mehr da
refusal-nothing-to-strike = Hier gäbe es nichts zu treffen
refusal-enemy-there = Hier ist schon jemand
refusal-out-of-blast = Außerhalb des Sprengradius
fault-strikes = Trifft
fault-when = Wann
fault-always = immer
fault-every = ab { $first }, alle { $every } für { $for }
fault-times =
    { $count ->
        [one] einmal
       *[other] { $count }-mal
    }

# Was an einem Level falsch sein kann.
problem-chaos-and-genre = Fehler zum Setzen gehören zur Art Chaos, und sie zu ihnen
problem-no-faults = Es gibt keinen Fehler zu setzen
problem-no-break = Ein Chaos-Level hat ein Ziel, an dem das System zerbricht
problem-break-and-defend = Zerbrechen gehört allein zu Chaos-Leveln, Halten zu allen anderen
problem-too-many-steps = { $count } Schritte: höchstens { $max }
problem-step-text-missing = Der Text { $name } fehlt
problem-too-many-parts = Zeigt auf zu viel: höchstens { $max }
editor-place-step = Schritt { $n } der Einführung
