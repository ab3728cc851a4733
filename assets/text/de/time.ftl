# Zeit und Ursachen: der Ritt, Vorhersagen, was zuerst brach, Zweige.

place-pipe = Rohr zu { $room }
place-gone = etwas, das es nicht mehr gibt

reason = { $how } nach { $total }: { $why }
reason-at-once = sofort { $how }: { $why }
reason-queue = { $part } in der Schlange ({ $room })
reason-queue-busy = { $part } in der Schlange ({ $room }), { $busy } % ausgelastet
reason-service = { $part } in Arbeit ({ $room })
reason-pipe = { $part } in Rohren, das meiste davon: { $room }
outcome-good = rechtzeitig beantwortet
callout-where-queue-busy = davon { $part } in der Schlange ({ $room }), { $busy } % ausgelastet

ride-title = Anfrage { $number }, { $class }
ride-request = die Anfrage
ride-try = Versuch { $nth }
ride-answer = Antwort
ride-pipe = Unterwegs: { $room }. Bisher { $since }.
ride-back = Die Antwort kommt zurück: { $room }. Bisher { $since }.
ride-queue = Sie wartet in der Schlange ({ $room }). Bisher { $since }.
ride-work = Sie ist in Arbeit ({ $room }). Bisher { $since }.
ride-waiting = { $room } wartet selbst auf eine Antwort. Bisher { $since }.
ride-client = Ihr Client hält sie zurück oder wartet auf eine Antwort, die nicht kommt. Bisher { $since }.
ride-answered = Nach { $total } beantwortet, rechtzeitig.
ride-what-network = Rohre
ride-what-queue = Schlange
ride-what-service = Arbeit
ride-what-hazard = Störung
ride-what-waiting = wartet auf Aufrufe
ride-what-client = zurückgehalten

slow-loss = Das Spiel wird für dich langsamer: Die erste Anfrage ist verloren oder zu spät
slow-burning = Das Spiel wird für dich langsamer: Das Fehlerbudget schmilzt schnell
settings-slow-moments = Beim ersten Verlust verlangsamen

causes = Was am meisten schadet
causes-lost = { $count } verloren
causes-row =
    { $share ->
        [0] { $count } (kaum etwas vom Budget)
       *[other] { $count } ({ $share } % des Budgets)
    }
causes-others = alle anderen

sheet-predict = Was bricht zuerst?
predict-about = Sag es, bevor das Wasser fließt, und sieh danach, wie recht du hattest. Lass aus, was du willst.
predict-means = Was bricht, kostet dich den Lauf: Es ist die Stelle, an der das meiste verloren ging, was ihn verlor. Sind die Ziele erreicht, ist nichts gebrochen, auch wenn einige Anfragen verloren gingen.
predict-means-to-break = Was bricht, gibt zuerst nach: Es ist die Stelle, an der die meisten Anfragen verloren gehen.
predict-breaks = Was bricht zuerst?
predict-nothing = nichts
predict-spell = Und wann?
predict-spell-of = { $from }–{ $to } s, { $load }/s
predict-band = Wie schlimm wird p99 im schlimmsten Fall?
predict-under = bis { $to }
predict-between = { $from } bis { $to }
predict-over = über { $from }
predict-done = Tipp behalten
predict-back = Leeren
guess = Deine Vorhersage
guess-right = { $right } von { $all }
guess-said = gesagt
guess-was = wirklich
guess-breaks = Was zuerst bricht
guess-spell = Wann
guess-band = Schlimmstes p99
guess-at = { $at } s, { $load }/s
guess-never = nie
guess-held = nichts: es hielt
guess-so-far = Bisher { $right } von { $all } Antworten richtig

onset = Was zuerst brach
# Dasselbe bei einem Lauf, der alle Ziele erreichte.
onset-won = Wo es eng wurde und hielt
onset-held = Wie es standhielt
onset-about = von der ersten Ursache zur letzten Wirkung; ein Tipp führt hin
onset-began = Das Wasser kam
onset-began-detail = { $rate } je Sekunde
onset-rose = { $room } legte zu
onset-rose-detail = von { $from } auf { $to } je Sekunde
onset-struck = { $enemy }
onset-struck-detail = begann: { $room }
onset-command = Du hast gehandelt
onset-command-detail = { $what }
onset-strained = { $room } kam nicht mehr nach
onset-full = Die Schlange war voll: { $room }
onset-strained-detail =
    { $workers ->
        [one] ein Arbeiter
       *[other] { $workers } Arbeiter
    }, { $busy } % ausgelastet, bis zu { $waited } Wartezeit
onset-busy-detail =
    { $workers ->
        [one] ein Arbeiter
       *[other] { $workers } Arbeiter
    }, { $busy } % ausgelastet
onset-retries = Wiederholungen häuften sich
onset-retries-detail = je { $tries } Versuche: { $rate } mehr je Sekunde
onset-slow = Alles war langsam
onset-slow-detail = die Hälfte der ersten Antworten brauchte { $half } oder mehr
onset-opened = Der Schutzschalter öffnete ({ $room })
onset-late = Die erste kam zu spät: { $room }
onset-lost = Die erste ging verloren: { $room }
onset-lost-detail =
    { $count ->
        [one] { $how } nach { $total }
       *[other] die schlimmste { $how } nach { $total }; { $count } davon
    }
onset-lost-at-once =
    { $count ->
        [one] sofort { $how }
       *[other] sofort { $how }; { $count } davon
    }
onset-spent = Das Fehlerbudget war verbraucht
onset-missed = Ein Ziel wurde verfehlt
onset-missed-detail = { $objective }; es waren { $was }
onset-broken = Es brach zusammen
onset-broken-detail = mehr ging verloren, als es verträgt
onset-stands = Es steht noch

others = Dein Bau neben anderen
others-count =
    { $solutions ->
        [0] keine Lösung zu sehen
        [one] eine Lösung
       *[other] { $solutions } Lösungen
    }, { $runs ->
        [0] noch kein Sieg
        [one] ein Sieg von dir
       *[other] { $runs } Siege von dir
    }
others-cost = Kosten
others-p99 = p99
others-you = du { $figure }
others-par = Par { $figure }
others-none = Noch niemand zum Vergleichen.
others-cheapest = Kein Bau, der alle Ziele erreichte, ist billiger.
others-cheaper = Billiger als { $dearer } von { $others } Bauten, die alle Ziele erreichten

chart-worst = schlimmstes { $worst }, { $at } s
chart-wasted = vergeudet an Wiederholungen: { $count }
debrief-of-budget =
    { $share ->
        [0] kaum Budget
       *[other] { $share } % des Budgets
    }
debrief-other-losses = und { $count } weitere, aus anderen Ursachen

sage-queue = { $share } % deiner Verluste kamen vom Warten: { $room }. Eine Schlange, die wächst, schrumpft nicht von selbst. Gib dort einen Arbeiter dazu, oder schick weniger hin.
sage-full = Dort war kein Platz mehr, und sie wurden abgewiesen: { $room }, { $share } % deiner Verluste. Besser, als vergeblich zu warten, doch jemand muss die Arbeit tun. Verteil sie, oder stell Arbeiter ein.
sage-broker = { $share } % deiner Verluste lagen in Stapeln, hier: { $room }. Ein Stapel, der darauf wartet, voll zu sein, lässt alle darin warten. Lass ihn kürzer zögern, oder mach ihn kleiner.
sage-log-full = { $room } wies { $share } % deiner Verluste ab, weil das Log voll war. Ein Log ist ein Kredit: Was es annimmt, muss abgearbeitet werden. Gib ihm mehr Verbraucher, oder schnellere.
sage-service = Die Arbeit selbst dauerte zu lange: { $room }. Mehr Arbeiter machen eine einzelne Anfrage nicht schneller. Such einen schnelleren Ort oder einen schnelleren Weg.
sage-pipe = Die meiste Zeit kostete der Weg: { $room }. Entfernung ist Zeit, hin und zurück, für jede Anfrage. Leg ihn kürzer.
sage-dry = Hier kam nie Wasser an: { $room }. Führ ein Rohr dorthin.
sage-hazard = Das war: { $room }, mit { $share } % deiner Verluste. Es kommt wieder. Bau so, dass es zuschlagen darf und niemand leidet.
sage-client = Sie wurden zurückgehalten: { $room } wartete, bevor es wieder versuchte. Auch Geduld kostet Zeit. Gib weniger davon.
sage-no-route = Von hier führte kein Weg weiter: { $room }. Wasser ohne Weg ist sofort verloren. Schließ das Rohr an, oder öffne das Ventil.
sage-lost = Nachrichten gingen verloren: { $room }. Von einer verlorenen Nachricht hört niemand; ihr Client wartet, bis er aufgibt. Schick weniger hindurch, oder versuch es bald wieder.
sage-down = Ausgefallen, und niemand sprang ein: { $room }. Was allein steht, ist nichts, wenn es fällt. Gib ihm ein zweites Exemplar.
sage-error = { $room } antwortete, aber mit Fehlern. Auch Fehler sind Antworten: Versuch es wieder, wo es hilft, und lass es, wo nicht.
sage-open = Ein Schutzschalter war offen ({ $room }) und wies { $share } % deiner Verluste ab. Er schützte, was dahinter liegt. Frag, was ihn geöffnet hat.
sage-bulkhead = Das Schott war voll: { $room }. Es verhindert, dass einer alle versenkt; wer es voll findet, wird abgewiesen. Mach es weiter, oder die Aufrufe kürzer.
sage-limited = { $share } % deiner Verluste lagen über dem Limit: { $room }. Ein Limit hält am Leben, was dahinter liegt. Frag, wen es zählen soll, und wie viel das dahinter verträgt.
sage-retries = Eine Wiederholung ist neue Last, die genau dann kommt, wenn du sie am wenigsten erträgst. Es begann hier: { $room }, und das Wiederholen tat den Rest. Gib Wiederholungen ein Budget: eine auf zehn Aufrufe.
sage-slow = Kaum etwas ging verloren, und doch war es zu langsam, von der ersten Antwort an. Schau, wo jede Antwort ihre Zeit lässt, vor allem hier: { $room }.

fork-armed = Ändere jetzt eine Sache. Was du später tatest, bleibt, und dieselben Anfragen kommen noch einmal.
fork-refused =
    { $count ->
        [one] Ein späterer Befehl war nicht mehr möglich.
       *[other] { $count } spätere Befehle waren nicht mehr möglich.
    }
button-fork = Hier gabeln
branch-fork = { $number }: Gabel bei { $at } s
branches-compare = Vergleichen
sheet-branches = Zweige
branch-naming = Ein Name für „{ $name }“
branch-name-1 = Plan A
branch-name-2 = Plan B
branch-name-3 = Besser
branch-name-4 = Schlechter
compare-goodput = Nutzen
compare-p50 = p50
compare-p99 = p99
compare-cost = Kosten
compare-budget = Budget
compare-per-s = { $per_s }/s
differ = „{ $one }“ und „{ $other }“
differ-not = Bis jetzt unterscheiden sie sich nicht.
differ-count = Der zweite hat { $gained } gute Antworten, die der erste nicht hat; ihm fehlen { $forfeited }, die der erste hat.
link-command = Nur in „{ $branch }“: { $what }
link-first = Das Erste, was sich unterscheidet, { $place }: { $one } – und im zweiten: { $other }
link-piece = Ab hier anders: { $place }
link-request = Einer Anfrage ergeht es anders, { $place }: { $one } – und im zweiten: { $other }
link-ended = In „{ $branch }“: diese Anfrage { $how } nach { $total }
link-ended-at-once = In „{ $branch }“: diese Anfrage sofort { $how }
edit-shut = { $place } geschlossen
edit-opened = { $place } geöffnet
edit-set = { $place } anders eingestellt
edit-other = eine andere Änderung
fact-nothing = nichts
fact-issued = eine Anfrage geht aus: { $place }
fact-entered = eine Anfrage tritt ein: { $place }
fact-entered-back = eine Antwort tritt ein: { $place }
fact-lost = eine Nachricht geht verloren: { $place }
fact-chosen = gewählt: { $place }
fact-began = { $place } beginnt mit einer Anfrage
fact-finished = { $place } ist fertig mit einer Anfrage
fact-rejected = { $place } weist eine Anfrage ab
fact-stored = { $place } liest oder schreibt
fact-abandoned = ein Client gibt auf: { $place }
fact-retried = { $place } versucht es wieder
fact-hedged = { $place } schickt einen zweiten Versuch
fact-short-circuited = { $place } ruft nicht an
fact-breaker-open = der Schutzschalter öffnet: { $place }
fact-breaker-shut = der Schutzschalter schaltet: { $place }
fact-hazard = eine Störung beginnt oder endet: { $place }
fact-replica = ein Exemplar ändert sich: { $place }
fact-ended = eine Anfrage endet: { $place }
fact-applied = ein Befehl wirkt
fact-appended = ein Stapel ist geschrieben: { $place }
fact-committed = ein Ereignis ist abgearbeitet: { $place }
fact-redelivered = ein Ereignis wird noch einmal weitergereicht: { $place }

key-ride = V
key-ride-does = eine Anfrage reiten, gescheiterte zuerst
key-fork = K
key-fork-does = die nächste Änderung wird eine Gabel
