# Der Editor: wo Spieler Level bauen.

title-make = Level bauen
menu-open-copy = Kopie im Editor öffnen

editor-leave = Zum Titel; alles bleibt erhalten
editor-undo = Rückgängig
editor-redo = Wiederholen
editor-kept = auf diesem Gerät gesichert
editor-keeping = wird gesichert …
editor-not-kept = nicht gesichert: kein Platz mehr
editor-library = Meine Level
editor-import = Etwas einlesen
editor-playtest = Probespiel
editor-playtest-help = Das Level spielen, wie es jetzt ist (F2, und F2 führt zurück)
editor-publish = Weitergeben
editor-publish-help = Das Level weitergeben: Link, QR-Code, Datei
editor-back = Zurück zum Editor (F2)
editor-fit = Ganz
editor-go = zeigen
editor-fix = Beheben
editor-cancel = Abbrechen
editor-copy = Kopieren
editor-open = Öffnen
editor-remove = Entfernen
editor-turn = Umdrehen

editor-tool-select = Wählen
editor-tool-dig = Gelände
editor-tool-pipe = Rohr
editor-tool-piece = Teil
editor-tool-enemy = Gegner
editor-tool-erase = Löschen
editor-tool-goal = Ziele
editor-ground-tunnel = Tunnel
editor-ground-rock = Fels
editor-ground-sky = Himmel
editor-shape-brush = Pinsel
editor-shape-line = Linie
editor-shape-rectangle = Rechteck
editor-shape-fill = Zusammenhängendes füllen
editor-thinner = Dünner
editor-thicker = Dicker
editor-mirror = Die andere Hälfte der Karte macht mit
editor-erase-help = Ein Druck entfernt, was dort steht; auf freiem Grund kommt Fels.
editor-as-own = gehört dem Spieler

editor-panel-piece = Ausgewähltes
editor-panel-goals = Ziele
editor-panel-rules = Regeln
editor-panel-story = Geschichte
editor-panel-text = Text
editor-panel-proof = Beweis
editor-panel-problems = Probleme
editor-panel-times = Zeitleiste

editor-nothing-selected = Nichts ausgewählt
editor-nothing-selected-help = Drück auf etwas in der Karte oder in dieser Liste, um alles daran einzustellen. Die Werkzeuge graben, legen Rohre und setzen Teile und Gegner.
editor-of-level = des Levels
editor-of-player = des Spielers
editor-advanced = Mehr
editor-less = Weniger
editor-knobs-for-player = Das darf auch der Spieler einstellen:
editor-pipe-about = { $cells ->
        [one] eine Zelle
       *[other] { $cells } Zellen
    }, { $ms } ms je Richtung
editor-classes = Klassen
editor-class = Klasse
editor-profile = Rate ändert sich
editor-profile-constant = nie
editor-profile-ramp = als Rampe
editor-profile-spike = mit einer Spitze
editor-profile-curve = als Kurve
editor-profile-bursts = in Schüben
editor-profile-users = mit den Nutzern
editor-profile-steady = nie, gleiche Abstände
editor-profile-recorded = wie aufgezeichnet
editor-profile-of-from = Von
editor-profile-of-to = Bis
editor-profile-of-at = Ab
editor-profile-of-for = Dauer
editor-profile-of-factor = Mal
editor-profile-of-calm = Ruhe dauert
editor-profile-of-burst = Ein Schub dauert
editor-profile-of-users = Nutzer
editor-profile-of-think = Sie denken nach
editor-recorded = Zeiten in ms
editor-recorded-about =
    { $count ->
        [one] eine Anfrage
       *[other] { $count } Anfragen
    }, die letzte bei { $last }. Die Raten sagen nur, wie oft jede Klasse vorkommt.
editor-recorded-empty = Es steht keine Zeit darin: Die Aufzeichnung bleibt, wie sie war.
editor-recorded-too-many = Höchstens { $max } Zeiten: Die Aufzeichnung bleibt, wie sie war.
editor-recorded-no-time = Nummer { $nth }, „{ $word }“, ist keine ganze Zahl von Millisekunden: Die Aufzeichnung bleibt, wie sie war.
editor-recorded-too-late = Nummer { $nth } ist später als { $max } ms: Die Aufzeichnung bleibt, wie sie war.
editor-recorded-drawn = Eine Aufzeichnung wird nicht gezeichnet: Ihre Zeiten stehen bei der Quelle.
editor-priority = Vorrang, 0 bis 7
editor-idempotent = Darf wiederholt werden
editor-spread = Zeiten sind
editor-spread-constant = immer gleich
editor-spread-exponential = exponentiell
editor-spread-erlang = Erlang
editor-stages = Stufen
editor-delay = Hält auf für
editor-blow = Die Maschine
editor-blow-pause = steht still
editor-blow-crash = fällt aus
editor-blow-slow = ist langsam
editor-blow-vanish = ist weg ohne ein Wort
editor-blow-errors = antwortet mit Fehlern
editor-error-share = Fehler
editor-errors-all = Fehler betreffen alle Kopien der Maschine.
editor-grip = Das Rohr
editor-grip-shut = ist zu
editor-grip-shut-forward = verschluckt Anfragen
editor-grip-shut-backward = verschluckt Antworten
editor-grip-leak = ist undicht
editor-grip-squeeze = ist eng
editor-leak-share = Verloren
editor-squeeze-left = Es bleiben
editor-slow-factor = Langsamer
editor-all-replicas = Trifft alle Kopien
editor-replicas = Kopien
editor-target = Trifft
editor-target-by-cell = was in der Zelle ist
editor-schedule = Wann er zuschlägt
editor-schedule-always = Immer
editor-schedule-every = Immer wieder
editor-schedule-at = Wie auf der Zeitleiste
editor-schedule-at-help = Zeichne, zieh und dehne die Schläge auf der Zeitleiste. Ein Doppelklick entfernt einen.
editor-first = Zuerst bei
editor-every = Wieder nach
editor-lasts = Dauert

editor-goals-help = Wer spielt, muss alle erreichen. Das erste legt fest, was als rechtzeitig gilt.
editor-add-goal = Ziel hinzufügen:
editor-objective-good-share = Rechtzeitig beantwortet
editor-objective-p99 = p99
editor-objective-cost = Kosten
editor-objective-class-share = Klasse rechtzeitig
editor-objective-error-budget = Fehlerbudget
editor-objective-beaten = Gegner besiegt
editor-objective-consumer-lag = Ereignisse abgearbeitet
editor-at-least = Mindestens
editor-at-most = Höchstens
editor-within = Innerhalb von

editor-id = Name in Links
editor-genre = Art der Aufgabe
editor-genre-puzzle = Rätsel
editor-genre-build = Bauen
editor-genre-incident = Störfall
editor-genre-migration = Umzug
editor-genre-chaos = Chaos
editor-genre-minigame = Minispiel
editor-section = Abschnitt
editor-coins = Münzen
editor-budget = Budget
editor-has-par = Ein guter Bau kostet höchstens
editor-par = Münzen
editor-inventory = Vorrat
editor-pipes = Rohre
editor-price-per-cell = Preis je Zelle
editor-ms-per-cell = Zeit je Zelle
editor-bandwidth = Bandbreite
editor-pipe-queue = Wartende Nachrichten
editor-pipe-loss = Unterwegs verloren
editor-pipe-jitter = Jitter
editor-overtaking = Nachrichten dürfen überholen
editor-handshake = Handschlag
editor-pipe-idle = Bleibt offen
editor-bridges = Rohre dürfen sich kreuzen
editor-price-per-bridge = Preis einer Brücke
editor-flow = Fluss
editor-duration = Wasser fließt für
editor-pace = Tempo
editor-beaten-after = Besiegt nach
editor-has-clock = Bauen gegen die Uhr
editor-plan-s = Zeit zum Bauen
editor-map = Karte
editor-columns = Spalten
editor-rows = Zeilen

editor-text-name = Name
editor-text-brief = Auftrag: was verlangt wird
editor-text-sage = Was der Weise zuerst sagt
editor-text-won = Was der Weise beim Sieg sagt
editor-text-lost = Was der Weise bei der Niederlage sagt
editor-text-hint = Hinweis { $n }
editor-add-language = Neu (Kürzel)
editor-remove-language = Diese Sprache herausnehmen
editor-take-picture = Text der Karte nehmen

editor-timeline = Zeitleiste
editor-timeline-fold = Auf- oder zuklappen
editor-timeline-help = Druck setzt einen Punkt, Ziehen verschiebt, Doppelklick entfernt
editor-traffic = Verkehr
editor-traffic-of = von { $name }
editor-per-second = pro Sekunde
editor-at-rate = { $s } s, { $rate }/s
editor-no-enemies = Noch keine Gegner

editor-problems = Probleme
editor-no-problems = Keine Probleme: Das Level ist spielbar.
editor-place-objective = Ziel { $n }
editor-place-start = Bauschritt { $n }

editor-proof-none = Noch nicht bewiesen
editor-proof-running = Beweis läuft, { $share } %
editor-proof-holds = Als fair bewiesen
editor-proof-fails = Beweis misslingt
editor-proof-stale = Seit dem Beweis geändert
editor-proof-help = Vor der Weitergabe wird ein Level bewiesen: Auf vielen Seeds gewinnt die Referenz, und das unberührte Brett und alle Köder verlieren.
editor-proof-stale-help = Das Level hat sich seitdem geändert: Beweise es erneut.
editor-last-run = Letztes Probespiel
editor-no-run-yet = Spiel das Level bis zum Ende: Dann lässt sich der Lauf hier behalten.
editor-run-won = Gewonnen. Als Referenz behalten?
editor-run-lost = Verloren. Als Köder behalten?
editor-keep-reference = Referenz
editor-keep-decoy = Köder
editor-references = Referenzen: müssen gewinnen
editor-references-none = Noch keine: Spiel, gewinne und behalte den Lauf.
editor-decoys = Köder: müssen verlieren
editor-decoys-none = Das unberührte Brett ist immer einer.
editor-edits = { $count ->
        [one] ein Schritt
       *[other] { $count } Schritte
    }
editor-seeds = Seeds
editor-prove = Beweisen
editor-proof-needs-reference = Ein Beweis braucht eine Referenz: einen Lauf, der gewinnt.
editor-proof-needs-sound = Behebe zuerst die Fehler.
editor-outcome = Ergebnis
editor-untouched = Unberührtes Brett
editor-row-wins = gewinnt { $count } von { $seeds }
editor-row-loses = verliert { $count } von { $seeds }

editor-sheet-library = Meine Level
editor-sheet-publish = Weitergeben
editor-sheet-import = Etwas einlesen
editor-start-new = Ein neues beginnen
editor-start-blank = Leere Karte
editor-start-copy = Kopie von diesem
editor-start-sandbox = Sandkasten: alles frei, nichts verlangt
editor-sandbox-cave = Eine Höhle
editor-sandbox-shop = Ein Laden
editor-sandbox-storm = Ein Sturm
editor-sandbox-play = Spielen
editor-sandbox-edit = Bearbeiten
editor-start-template = Aus einer Vorlage, die ihre Lösung mitbringt
editor-template-seed = Seed
editor-template-difficulty = Schwierigkeit
editor-template-make = Erzeugen
template-balance-rooms = Ungleich schnelle Räume
template-retry-slam = Ein Rohr, das zuschlägt
editor-my-levels = Meine Level
editor-no-levels-yet = Noch keine. Was du baust, wird hier von selbst gesichert.
editor-delete = Löschen
editor-delete-sure = Endgültig löschen
editor-duplicate = Verdoppeln

editor-publish-about = Wer es öffnet, kann das Level sofort spielen und seinen Beweis nachrechnen.
editor-as-link = Als Link
editor-as-file = Als Datei
editor-save-file = { $name } sichern
editor-saved-at = Sie liegt unter { $path }
exchange-asked = Sag im Fenster, das sich geöffnet hat, wohin damit.
editor-downloaded = Heruntergeladen.
editor-not-saved = Sie ließ sich nicht sichern: { $reason }
editor-copied = Kopiert.
editor-qr-help = Die Kamera eines Telefons öffnet den Link.
editor-too-long-for-link = Das Level ist zu groß für einen Link: Gib es als Datei weiter.
editor-too-long-for-qr = Der Link ist zu lang für einen QR-Code.
editor-publish-needs-proof = Noch nicht: zuerst beweisen
editor-publish-needs-proof-help = Ein Level, das niemand gewinnen kann oder das von selbst gewinnt, ist keines. Behalte einen gewonnenen Lauf als Referenz und beweise es.
editor-to-proof = Zum Beweis

editor-import-about = Eine .pipemaze-Datei, ein Link, der Text eines Levels oder das YAML eines Service-Mesh: Zieh es auf das Fenster, wähl es aus oder füg es ein.
editor-import-hint = Hier einfügen
editor-pick = Datei wählen
editor-paste = Einfügen
editor-clear = Leeren
editor-read = Einlesen
editor-import-found = Gefunden: { $pieces ->
        [one] ein Teil
       *[other] { $pieces } Teile
    }, { $pipes ->
        [one] ein Rohr
       *[other] { $pipes } Rohre
    }
editor-take-import = Als neues Level öffnen
editor-not-understood = Nicht verstanden

share-no-code = In diesem Link ist kein Level: Kopiere ihn ganz.
share-no-file = Das ist keine Datei des Spiels: Wähl eine andere.
share-too-long = Das ist zu lang.
share-too-large = Das entpackt sich zu mehr, als das Spiel je macht.
share-newer = Eine neuere Fassung des Spiels hat das gemacht: Lade die Seite neu oder aktualisiere das Spiel.
share-cut-off = Das Ende fehlt: Kopiere oder lade es noch einmal.
share-damaged = Es wurde unterwegs beschädigt: Kopiere oder lade es noch einmal.
share-parts = Die Teile passen nicht zusammen: Bitte noch einmal darum.
share-bad = Darin stimmt etwas nicht: Bitte noch einmal darum.
share-other-level = Es ist für ein anderes Level als das, das dabeiliegt.

draft-refusal-no-such-entry = Es ist vielleicht schon weg.
draft-refusal-bad-setting = So lässt es sich nicht einstellen.
draft-refusal-other-kind = Die Art bleibt: Setze stattdessen ein anderes Teil.
draft-refusal-map-size = Eine Karte hat 1 bis 64 Spalten und Zeilen.
draft-refusal-not-a-number = Hier gehört eine Zahl hin.
draft-refusal-too-many = Mehr davon kann ein Level nicht haben: Entferne zuerst etwas.
draft-refusal-too-large = Das Level ist zu groß geworden: Kürze etwas.

problem-bad-name = „{ $name }“ ist kein Name: 1 bis 32 Zeichen aus a-z, 0-9 und -.
problem-name-taken = Etwas anderes heißt auch so: Ändere eines von beiden.
problem-breaks = { $field } muss { $rule } sein.
problem-too-many-texts = { $count } Texte sind zu viele.
problem-text-missing = Das englische „{ $name }“ fehlt: Schreib es.
problem-text-too-long = { $count } Bytes: höchstens { $max }.
problem-stands-on-pipe = steht auf einem Rohr, und Rohre legen Spieler: Gib es in den Vorrat.
problem-no-spring = Es gibt keine Quelle: Ohne sie fließt nichts.
problem-no-answer = Nichts könnte antworten: Setze einen Maschinenraum, oder gib einen in den Vorrat.
problem-outside-map = liegt außerhalb der Karte: Verschieb es.
problem-rock = steht im Fels: Grab dort, oder verschieb es.
problem-piece-there = Dort steht ein anderes Teil: Verschieb eines von beiden.
problem-no-caller = Dort ruft nichts auf: Setz es auf eine Quelle oder einen Maschinenraum.
problem-two-of-kind = { $name } hat zwei davon: Behalte eines.
problem-too-many-knobs = { $count } Regler sind zu viele.
problem-unknown-knob = „{ $name }“ ist kein Regler davon.
problem-bad-target = „{ $name }“ heißt kein Rohr und kein Teil.
problem-no-service = „{ $name }“ ist keine Maschine des Levels.
problem-no-good-share = Kein Ziel sagt, was rechtzeitig ist: Nimm „Rechtzeitig beantwortet“.
problem-many-good-shares = „Rechtzeitig beantwortet“ steht { $count }-mal da: Behalte eines.
problem-no-broker = Weder auf dem Brett noch im Inventar ist ein Broker, also gibt es keine Ereignisse abzuarbeiten.
problem-no-class = Keine Quelle stellt Anfragen der Klasse { $class }.
problem-too-many-requests = Mehr als { $max } Anfragen insgesamt: Senke eine Rate oder die Dauer.
problem-outlet-taken = Ein anderes Rohr geht von diesem Ausgang von { $name } ab: Nimm einen anderen.
problem-simulation = Die Simulation weist es zurück: { $name }
problem-loose-end = Ein loses Ende: In diesem Rohr fließt nichts.
problem-unreachable = Kein Tunnel führt von einer Quelle hierher: Grab einen.
problem-no-way-out = Kein Rohr kann hier weg: Grab am Ausgang.
problem-strikes-nothing = Hier gibt es nichts zu treffen: Setz ihn auf einen Tunnel, oder nenne sein Ziel.
problem-strikes-too-late = Er schlägt erst zu, wenn kein Wasser mehr fließt.
problem-par-above-budget = Was ein guter Bau kostet, liegt über dem Budget von { $coins } Münzen.
problem-no-slack = Ein guter Bau kostet alles: Lass ein paar Münzen übrig.
problem-cost-above-budget = Die Kosten lassen sich nie verfehlen: Es gibt nur { $coins } Münzen.
problem-budget-too-small = Das kürzeste Rohr kostet { $coins } Münzen: Erhöhe das Budget.
problem-overloaded = { $rate } Anfragen pro Sekunde fließen, höchstens { $capacity } lassen sich abarbeiten: Niemand kann gewinnen.
problem-gives-up-before = Nach { $ms } ms geben Kunden auf, bevor die Zeit des Ziels um ist.
problem-play-time = Es dauert { $seconds } Sekunden bei normalem Tempo.
problem-text-empty = Dieser Text ist leer.
problem-not-translated = { $count ->
        [one] Ein Text ist
       *[other] { $count } Texte sind
    } nicht übersetzt.
problem-no-hints = Es gibt keine Hinweise.
problem-no-such-piece = Hier ist von „{ $name }“ die Rede, und das gibt es nicht: Nenne ein Teil.
problem-not-in-stock = Hier ist von einem Teil die Rede, das weder da noch im Vorrat ist: { $kind }.
problem-not-in-arsenal = Hier ist von einer Störung die Rede, die niemand loslassen kann: { $kind }.
problem-no-such-knob = Hier wird auf „{ $name }“ gewartet, und so ein Teil hat keinen Regler, der so heißt.

rule-between = von { $min } bis { $max }
rule-at-least = mindestens { $min }
rule-at-most = höchstens { $max }
rule-positive = über 0
rule-positive-up-to = über 0 und höchstens { $max }
rule-after-its-begin = nicht vor dem Beginn und höchstens { $max }
rule-in-order = zeitlich geordnet und höchstens { $max }
rule-apart = zeitlich geordnet, getrennt und höchstens { $max }
rule-below-every = mindestens 1 und kürzer als die Zeit bis zum nächsten Schlag
rule-fewer-strikes = so lang, dass es höchstens { $max } Schläge gibt
rule-once = eine Klasse, die einmal vorkommt
rule-one-flows = über 0 für eine von mehreren Klassen
rule-enemies = von 1 bis zu den { $max } Gegnern, die es gibt
rule-listed-once = einmal aufgeführt
rule-placeable = eine Art, die Spieler setzen
rule-same-kind = von der Art, die aufgeführt ist
rule-left-out = weggelassen: Fehler betreffen alle Kopien einer Maschine

# Was das YAML eines Service-Mesh sagt und hier nicht oder anders wirkt.
mesh-line = Zeile { $line }
mesh-not-understood = ist nicht verstanden.
mesh-not-modelled = hat noch kein Teil und keinen Regler.
mesh-bad-value = lässt sich nicht lesen.
mesh-twice = steht doppelt da: Das letzte gilt.
mesh-alias = ist ein Alias, und Aliase werden nicht verfolgt.
mesh-misplaced = steht am falschen Ort, wo ein Mesh es stillschweigend fallen lässt: Es gehört in { $name }.
mesh-deprecated = ist veraltet: Es heißt jetzt { $name }.
mesh-per-room = wurde zur Schlange vor einem Raum; ein Mesh zählt je Proxy.
mesh-weights = Gewichte wurden zu Anteilen nach der Regel des Verteilers.
mesh-any-failure = hier werden Fehler jeder Art wiederholt.
mesh-sent-to = seine Anfragen gehen an { $name }; hier wird es selbst aufgerufen.
mesh-not-laid = ruft auch { $name } auf: Ein Eingang nimmt ein Rohr, also liegt es nicht.
mesh-no-room = dafür ist auf einem Brett kein Platz.

# Der Editor für alle, die ihn hören oder nur die Tastatur benutzen.
editor-told-level = Name des Levels
editor-told-name-of-thing = Name
editor-told-price = Preis: { $name }
editor-told-point = Zeiger { $n }
editor-told-strike-from = Schlag { $n }, von
editor-told-strike-to = Schlag { $n }, bis
editor-told-traffic = Verkehr von { $name }: einen Punkt hinzufügen
editor-told-point-of-traffic = Verkehr von { $name }, Punkt { $n }
editor-told-lane = Schläge von { $name }
editor-told-strike = { $name }, Schlag { $n }
editor-told-span = von { $from } s bis { $to } s
editor-told-stop-help = Links und rechts verschieben ihn in der Zeit, hoch und runter machen mehr oder weniger daraus. Eingabe fügt dahinter einen hinzu, Entf nimmt ihn weg.
editor-lane-enemies = Gegner
