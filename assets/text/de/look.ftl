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

# Was die Wörter der Ziele und Anzeigen bedeuten, unter der Maus.
explain-good-share = So viele aller Anfragen müssen beantwortet werden, und zwar in dieser Zeit. Eine späte Antwort zählt nicht.
explain-p99 = Von hundert Antworten müssen neunundneunzig schneller sein. So lange warten die, die Pech haben.
explain-cost = Was deine Teile und Rohre zusammen kosten.
explain-cost-star = Was deine Teile und Rohre zusammen kosten. Mit { $par } oder weniger bekommst du einen Stern.
explain-class-share = Dasselbe, nur für eine Art von Anfragen: Jede hat ihre eigene Farbe und Form.
explain-error-budget = Einige Anfragen dürfen scheitern oder zu spät sein: Das ist das Budget. So viel davon muss am Ende übrig sein.
explain-beaten = Ein Feind ist besiegt, wenn er zuschlägt, wo Wasser fließt, und keine einzige Anfrage an ihn verloren geht.
explain-break = Hier machst du etwas kaputt: Höchstens so viele dürfen noch rechtzeitig beantwortet werden.
explain-budget = Wie viele Anfragen noch scheitern oder zu spät sein dürfen, bevor der Lauf verloren ist. Schmilzt 2x: So hält es nur halb so lange.
explain-budget-to-break = Wie viel noch schiefgehen muss, bis das System als kaputt gilt.
explain-class-rate = Anfragen dieser Art, die im Mittel pro Sekunde aus der Quelle kommen.
