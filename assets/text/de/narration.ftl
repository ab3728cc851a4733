# Was Screenreader sagen: von Knöpfen, die nur ein Bild zeigen, von den Zellen der Karte, und was geschieht.

control-language = Sprache: { $what }
control-speed = Tempo { $what }
control-setting = { $setting }: { $what }
control-mute = Stumm: { $what }
control-pause = Anhalten
control-go-on = Weiter
control-step = Das nächste Ereignis
control-step-help = Lässt genau ein Ereignis geschehen und hält dann an. Taste N.
control-stop = Zurück zum Bauen
control-stop-help = Dreht das Wasser ab. Taste B.
control-flow-help = Taste F.
control-fit = Das ganze Spielfeld
control-menu = Menü
control-tool-select = Werkzeug: auswählen
control-tool-select-help = Auf dem Spielfeld wählt Enter dann aus, beginnt und beendet einen Rahmen. Taste S.
control-tool-view = Werkzeug: Ansicht verschieben
control-tool-view-help = Für Zeiger: zieht die Ansicht. Taste G. Mit Tasten verschieben Umschalt und Pfeile sie.
control-tool-pipe-help = Auf dem Spielfeld beginnt Enter dann ein Rohr, Pfeile führen es, und Enter beendet es. Taste P.
control-turn = Umdrehen
control-turn-help = Dreht um, was getragen wird oder ausgewählt ist. Taste Q.
control-duplicate = Verdoppeln
control-copy = Kopieren
control-paste = Einfügen
control-delete = Entfernen
control-remove = Entfernen
control-undo = Rückgängig
control-redo = Wiederholen
control-hint = Ein Tipp
control-hint-help = Die Weise verrät jedes Mal ein wenig mehr. Taste H.
control-ride = Mit einer Anfrage reisen
control-ride-help = Folgt einer Anfrage Schritt für Schritt, gescheiterten zuerst. Taste V.
control-ride-again = Noch einmal von ihrem Beginn
control-leave-ride = Die Reise verlassen
control-ride-loss = Mit der schlimmsten Anfrage der { $nth }. Ursache reisen
control-ride-loss-help = Führt zurück in den Lauf, an ihren Beginn.
control-fork = Hier abzweigen
control-fork-help = Die nächste Änderung zweigt ab: Was danach getan wurde, bleibt. Taste K.
control-rename = Benennen
control-name-done = Den Namen behalten
control-back-to-editor = Zurück zum Editor (F2)
control-back = Zurück
control-close-sheet = Schließen
control-advanced-help = Zeigt die übrigen Regler des Teils.
control-expand = Alles darüber
control-leave-help = Das Level wird verlassen; was du gebaut hast, bleibt, solange das Spiel läuft.
control-valve-help = Dreht das Ventil: Ein geschlossenes Rohr lässt nichts durch.
control-rewind-help = Zurück in den Lauf, kurz bevor zum ersten Mal etwas schiefging.
control-change-help = Zurück zum Bauen.
control-retry-help = Derselbe Plan noch einmal, mit anderem Zufall.

slot-pipe = { $price } Münzen je Zelle
slot-piece = { $price } Münzen, noch { $left }
slot-help = Enter nimmt es; auf dem Spielfeld bewegen Pfeile es, und Enter stellt es hin.

station-won = Gewonnen
station-next = Ist als Nächstes dran
station-later = Offen, aber andere kommen zuerst

place-plan = { $level }: Bauen
place-flow = { $level }: Das Wasser fließt
place-debrief = { $level }: So lief es

# Die Zellen des Spielfelds. „{ $what }“ ist, was dort ist.
cell-at = { $what }. In { $place }
cell-place = Spalte { $column }, Zeile { $row }
cell-rock = Fels
cell-sky = Himmel
cell-free = Frei
cell-edge = Rand der Karte
cell-inlet = Eingang von { $piece }
cell-outlet = Ausgang von { $piece }
cell-pipe = Rohr von { $from } nach { $to }
cell-pipe-from = Rohr von { $from }, das andere Ende lose
cell-pipe-to = Rohr nach { $to }, das andere Ende lose
cell-pipe-loose = Rohr, beide Enden lose
cell-around = Ringsum: oben { $up }, rechts { $right }, unten { $down }, links { $left }.
cell-enter-draw = Enter beginnt hier ein Rohr.
cell-enter-end = Enter beendet das Rohr hier.
cell-enter-go-on = Enter führt das Rohr weiter.
cell-enter-place = Enter stellt es hierhin.
cell-enter-put = Enter setzt es hier ab.
cell-enter-select = Enter wählt es aus.
cell-enter-take = Enter nimmt es auf, um es zu bewegen.
cell-enter-box = Enter beginnt einen Rahmen, der auswählt.
cell-enter-box-end = Enter schließt den Rahmen.
piece-called = { $name }, { $kind }

board-line = { $what }: { $where }
board-inlet = Eingang in { $place }
board-outlet = Ausgang in { $place }

standing-met = { $objective }: { $figure }, erreicht
standing-missed = { $objective }: { $figure }, nicht erreicht
standing-budget = Fehlerbudget: { $left }
standing-to-break = Bis es bricht: { $left }
standing-time = Zeit: { $now } von { $whole } s
standing-coins = Noch { $left } Münzen

# Was geschieht.
happen-flows = Das Wasser fließt
happen-held = Angehalten bei { $now } s
happen-plan = Das Wasser ist aus: Du baust
happen-sage = Die Weise: { $words }
happen-stars = { $has } von { $all } Sternen: { $stars }
happen-star = Ein Stern ist verdient: { $star }
happen-placed = Aufgestellt: { $what }, { $place }
happen-moved = Bewegt: { $what }, { $place }
happen-turned = Umgedreht: { $what }, { $place }
happen-removed = Entfernt: { $what }
happen-laid = Gelegt: { $what }
happen-led = Anders geführt: { $what }
happen-joined = Verbunden: { $what }
happen-parted = Nicht mehr verbunden: { $what }
happen-shut = Geschlossen: { $what }
happen-open = Geöffnet: { $what }
happen-many = { $count } Änderungen auf dem Spielfeld
happen-order = Der Navigator macht sich auf den Weg
happen-first-failure = Die erste Anfrage ist gescheitert. { $told }
happen-objective-met = Ein Ziel ist erreicht: { $objective }
happen-objective-lost = Ein Ziel ist verfehlt: { $objective }
happen-budget-empty = Das Fehlerbudget ist leer
happen-broken = Das System ist gebrochen
happen-loss = Anfragen gehen aus einem weiteren Grund verloren: { $why }
happen-burning = Das Fehlerbudget brennt zu schnell
happen-burning-over = Das Fehlerbudget brennt wieder langsam
happen-breaker-opens = Ein Schutzschalter öffnet: { $room } ruft nicht mehr
happen-breaker-closes = Ein Schutzschalter schließt: { $room } ruft wieder
happen-overload = { $room } ist voll und weist Anfragen ab
happen-overload-over = { $room } hat wieder Platz
happen-strikes = { $enemy } schlägt zu
happen-strikes-over = { $enemy } ruht
happen-beaten = { $enemy } ist besiegt
happen-beaten-over = { $enemy } schadet wieder

# Ein Hinweis für Finger, am oberen Rand eines kleinen Spielfelds.
hint-pinch = Zwei Finger holen das Spielfeld näher
