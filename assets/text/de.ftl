# Alles, was man im Spiel selbst liest. Die Texte der Level stehen in den Leveln.
# Zwischen Zahl und Einheit steht ein geschütztes Leerzeichen (U+00A0).

title-line = Bau verteilte Systeme aus Rohren. Dreh das Wasser auf und sieh, was bricht.
title-play = Spielen
title-codex = Wie echt ist das?
title-version = v{ $version }

sage = Die Weise
# The tutorial, where what was to be placed stands where no pipe can lead into it.
lesson-amiss = Sein Eingang liegt am Fels. Zieh es dorthin, wohin die Hand zeigt.
lesson-blocked = So bleibt für dieses Rohr kein Weg frei. Nimm den letzten Schritt mit „Rückgängig“ zurück.
coins = noch { $left }
# What a control is called, and the key that stands for it.
tooltip-key = { $name }  ({ $key })

codex-title = Wie echt ist das?
# Wie ein Punkt der Seite beginnt, der sagt, wo das Spiel hinter der Wirklichkeit zurückbleibt.
codex-simpler = Einfacher

# Eine Klasse von Anfragen, und wie viele im Mittel in einer Sekunde kommen.
class-rate = { $class } { $rate }/s
# Das Fehlerbudget: wie viele Anfragen noch scheitern oder zu spät kommen dürfen.
budget = Fehlerbudget
budget-left =
    { $share ->
        [0] nichts mehr übrig
       *[other] noch { $share } %
    }
budget-burn = brennt { $times }-fach
budget-to-break = Bis es bricht
budget-to-break-left = noch { $share } %
objectives = Ziele
objective-good-share = { $share } % in { $within } beantwortet
objective-p99 = p99 unter { $bound }
objective-cost = Kosten höchstens { $bound }
objective-class-share = { $class }: { $share } % in { $within } beantwortet
objective-error-budget = noch { $share } % vom Fehlerbudget
objective-beaten = Besiegte Gegner: { $count }
objective-consumer-lag = Ereignisse in { $bound } abgearbeitet
objective-none = –
# Dasselbe in wenigen Wörtern, auf einem Telefon.
chip-good-share = { $share } % < { $within }
chip-p99 = p99 < { $bound }
chip-cost = Kosten bis { $bound }
chip-class-share = { $class } { $share } % < { $within }
chip-error-budget = Budget { $share } %
chip-beaten = { $count } besiegt
chip-consumer-lag = Rückstand < { $bound }
chip-break = max. { $share } % < { $within }
# Was diese Wörter bedeuten, unter der Maus.
explain-good-share = So viele aller Anfragen müssen beantwortet werden, und zwar in dieser Zeit. Eine späte Antwort zählt nicht.
explain-p99 = Von hundert Antworten müssen neunundneunzig schneller sein. So lange warten die, die Pech haben.
explain-cost = Was deine Teile und Rohre zusammen kosten.
explain-cost-star = Was deine Teile und Rohre zusammen kosten. Mit { $par } oder weniger bekommst du einen Stern.
explain-class-share = Dasselbe, nur für eine Art von Anfragen: Jede hat ihre eigene Farbe und Form.
explain-error-budget = Einige Anfragen dürfen scheitern oder zu spät sein: Das ist das Budget. So viel davon muss am Ende übrig sein.
explain-beaten = Ein Feind ist besiegt, wenn er zuschlägt, wo Wasser fließt, und keine einzige Anfrage an ihn verloren geht.
explain-consumer-lag = Ein Broker antwortet sofort; die Arbeit kommt danach. Von hundert seiner Ereignisse müssen neunundneunzig in dieser Zeit abgearbeitet sein, und keines darf liegen bleiben, das älter ist.
explain-break = Hier machst du etwas kaputt: Höchstens so viele dürfen noch rechtzeitig beantwortet werden.
explain-budget = Wie viele Anfragen noch scheitern oder zu spät sein dürfen, bevor der Lauf verloren ist. Schmilzt 2x: So hält es nur halb so lange.
explain-budget-to-break = Wie viel noch schiefgehen muss, bis das System als kaputt gilt.
explain-class-rate = Anfragen dieser Art, die im Mittel pro Sekunde aus der Quelle kommen.
duration-ms = { $ms } ms
duration-s = { $s } s
# Wo der Lauf steht, in Sekunden.
clock = { $now } / { $whole } s
share = { $share } %
coins-figure = { $coins }

button-flow = Wasser marsch
button-back = Zurück
button-retry = Noch einmal
button-next = Nächster Level
button-rewind = Zurückspulen
button-plan = Plan ändern
speed = { $times }x
tool-pipe = Rohr
tool-select = Auswählen
tool-view = Ansicht
price = { $price }

kind-spring = Quelle
kind-machine-room = Maschinenraum
kind-warp-pipe = Warp-Rohr
kind-vault = Tresor
kind-circuit-breaker-fire = Schutzschalter-Feuer
kind-service-mesh-super-mushroom = Service-Mesh-Superpilz
kind-api-gateway-star = API-Gateway-Stern
kind-event-storm-lightning = Ereignissturm-Blitz
about-spring =
    { $rate ->
        [one] Eine Anfrage pro Sekunde.
       *[other] { $rate } Anfragen pro Sekunde.
    } Ein Client wartet höchstens { $timeout }.
about-spring-steady = { $rate } Anfragen pro Sekunde, in gleichen Abständen. Ein Client wartet höchstens { $timeout }.
about-spring-recorded =
    { $count ->
        [one] Eine aufgezeichnete Anfrage, zu ihrer Zeit.
       *[other] { $count } aufgezeichnete Anfragen, jede zu ihrer Zeit.
    } Ein Client wartet höchstens { $timeout }.
about-machine-room =
    { $workers ->
        [one] Ein Arbeiter
       *[other] { $workers } Arbeiter
    }, { $mean } je Anfrage. { $queue ->
        [0] Keine darf warten.
        [one] Eine darf warten.
       *[other] { $queue } dürfen warten.
    }
about-warp-pipe = Teilt das Wasser auf seine drei Ausgänge auf.
about-vault =
    Eine Datenbank: { $workers ->
        [one] eine Abfrage
       *[other] { $workers } Abfragen
    } zugleich, je { $mean }. { $queue ->
        [0] Keine darf warten.
        [one] Eine darf warten.
       *[other] { $queue } dürfen warten.
    }
about-circuit-breaker-fire = Auf einem Rohr: Wer durch das Rohr aufruft, lässt es bleiben, solange zu viele Aufrufe scheitern.
about-service-mesh-super-mushroom = Auf einem Raum oder einer Quelle: wiederholt gescheiterte Aufrufe, soweit das Budget reicht.
about-api-gateway-star = Der Eingang: schickt jede Klasse von Anfragen ihren Weg und lässt nicht mehr durch, als sein Limit erlaubt.
about-event-storm-lightning = Ein Broker: schreibt Anfragen auf, antwortet sofort und reicht sie weiter, auf jeder Spur eine nach der anderen.
about-pipe = Trägt Anfragen hin und Antworten zurück.
about-pipe-loose = Ein loses Ende. Zieh es weiter, um eine Maschine anzuschließen.
valve-open = Ventil offen
valve-shut = Ventil zu

# Was ein Rohr oder ein Teil kosten würde, neben seinem Umriss: Münzen, und die Zeit hin und zurück.
ghost-price = { $coins }
ghost-pipe = { $coins } · { $latency } hin und zurück
ghost-change = { $coins } · { $before }, dann { $latency } hin und zurück

refusal-outside-map = Hier endet die Karte
refusal-rock = Fels: geh außen herum
refusal-sky = Bleib unter der Erde
refusal-piece-there = Hier steht schon etwas
refusal-pipe-there = Hier verläuft ein Rohr
refusal-twice = Hier liegt das Rohr schon
refusal-not-beside = Eine Zelle nach der anderen
refusal-no-cells = Ein Rohr braucht eine Zelle
refusal-same-way = Verbinde einen Ausgang mit einem Eingang
refusal-led-elsewhere = Dieses Rohr führt woandershin: zieh von einem freien Ausgang
refusal-no-such = Das gibt es nicht mehr
refusal-name-taken = Der Name ist vergeben
refusal-bad-name = Das ist kein Name
refusal-fixed = Das bleibt, wo es ist
refusal-none-left = Nichts mehr übrig: { $kind }
refusal-too-dear = Kostet { $price }, du hast { $left }
refusal-no-knob = Hier lässt sich nichts einstellen
refusal-bad-setting = So lässt es sich nicht einstellen
refusal-needs-pipe = Setz es auf ein Rohr
refusal-needs-caller = Setz es auf eine Quelle oder einen Maschinenraum
refusal-no-calls-here = Ein Warp-Rohr ruft selbst nichts auf
refusal-has-one = Da ist schon eines
refusal-no-bridge = Kreuze gerade Rohre im rechten Winkel
refusal-no-turn = Das lässt sich nicht drehen
refusal-too-many = Zu viel auf einmal
refusal-board-full = Das Feld ist voll
refusal-not-in-flow = Nur solange die Zeit stillsteht

callout-rejected = Abgewiesen: Schlange voll ({ $room })
callout-limited = Abgewiesen: über dem Limit ({ $room })
callout-log-full = Abgewiesen: Log voll ({ $room })
callout-timed-out = Aufgegeben nach { $total }
callout-no-route = Kein Weg weiter
callout-where-queue = davon { $part } in der Schlange ({ $room })
callout-where-service = davon { $part } in Arbeit ({ $room })
callout-where-pipe = davon { $part } in Rohren
callout-where-lost = Die Nachricht kam nie durch
callout-where-hazard = davon { $part } von einer Störung aufgehalten
callout-where-client = davon { $part } vom eigenen Client zurückgehalten
callout-failed = Gescheitert
callout-short-circuited = Nicht gesendet

# Die Läufe eines Bretts: der erste, und die, die ihn verließen, als man in der Vergangenheit eingriff.
branches = Was wäre wenn
branch-first = Erster Lauf
branch-from = { $number }: ab { $at } s
debrief-won = Die Stadt hat ihr Wasser.
debrief-broken = Es brach, und jetzt weißt du, wo.
debrief-lost = Noch nicht.
# Von allem, was verloren ging.
debrief-lost-all =
    { $count ->
        [one] eine gescheitert oder zu spät
       *[other] { $count } gescheitert oder zu spät
    }
debrief-losses = Was schiefging
debrief-losses-to-break = Was verloren ging
debrief-losses-won = Was trotzdem verloren ging
debrief-no-losses = Nichts. Keine einzige Anfrage ging verloren oder kam zu spät.
debrief-loss = { $how }: { $why }
outcome-late = kam zu spät
outcome-timed-out = gab auf
outcome-rejected = abgewiesen
outcome-no-route = gestrandet
outcome-failed = gescheitert
outcome-short-circuited = nicht gesendet
cause-queue = die meiste Zeit in der Schlange ({ $room })
cause-service = die meiste Zeit in Arbeit ({ $room })
cause-pipe = die meiste Zeit in Rohren
cause-hazard = { $room } war im Weg
cause-client = der eigene Client hielt sie zurück
cause-full = die Schlange war voll ({ $room })
cause-no-route = ab hier führte kein Weg weiter: { $room }
cause-lost = die Nachricht ging verloren
cause-down = ausgefallen: { $room }
cause-error = { $room } antwortete mit einem Fehler
cause-open = der Schutzschalter war offen ({ $room })
cause-bulkhead = das Schott war voll ({ $room })
cause-expired = zu spät, als die Reihe an sie kam ({ $room })
cause-limited = mehr ließ er nicht durch: { $room }
cause-broker = die meiste Zeit in einem Stapel ({ $room })
cause-log-full = das Log war voll ({ $room })
star-met = Ziele erreicht
star-par = Im Rahmen
star-par-spare =
    { $coins ->
        [0] nichts übrig
        [one] eine Münze übrig
       *[other] { $coins } Münzen übrig
    }
star-par-over =
    { $coins ->
        [one] eine Münze zu viel
       *[other] { $coins } Münzen zu viel
    }
star-robust = Robust
star-robust-later = nach Sieg
# Wie viele zurückgehaltene Seeds gewonnen sind, von denen, die bisher gespielt wurden.
star-robust-figure = { $won } / { $played }
star-robust-needed = { $needed } von { $seeds } anderen Tagen nötig
star-later = Erst alle Ziele erreichen
chart-latency = Latenz der Antworten, ms
chart-requests = Anfragen pro Sekunde
chart-offered = losgeschickt
chart-good = rechtzeitig
chart-late = zu spät
chart-failed = gescheitert
chart-goal = Ziel { $bound }
chart-s = { $s } s
chart-no-answers = keine Antwort kam zurück

# Was ein Geräusch erzählt, für alle, die es nicht hören. Kurz: Es steht zwei Sekunden lang auf dem Feld.
caption-refused = (dumpfes Pochen) Das geht nicht
caption-gave-up = (fallender Tropfen) Ein Client gab auf
caption-lost = (Zischeln) Eine Nachricht ging verloren
caption-overload = (heiseres Rohr) Ein Raum weist Anfragen ab
caption-deregistered = (fallender Klang) Ein Dienst ist weg
caption-in-tune = (steigender Klang) Alle Ziele sind erfüllt
caption-piranha-bite = (Schnappen) Eine Piranha-Pflanze beißt
caption-thwomp-slam = (schwerer Schlag) Ein Thwomp kracht herab
caption-gate-slam = (Blech scheppert) Ein Tor schlägt zu
caption-enemy-beaten = (heller Klang) Ein Gegner ist besiegt
caption-flame-lights = (Fauchen) Ein Schutzschalter flammt auf
caption-flame-half-open = (Flackern) Ein Schutzschalter versucht es wieder
caption-flame-dies = (Zischen) Ein Schutzschalter erlischt
caption-win = (Fanfare) Die Stadt hat ihr Wasser
caption-lose = (fallende Melodie) Noch nicht

engineer-title = Tafel der Technik
