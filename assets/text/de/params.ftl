# Was sich an einem Teil einstellen lässt: wie es heißt, und in einem Satz, was es bedeutet.

unit-count = { "" }
unit-per-second = /s
unit-ms = ms
unit-bytes = B
unit-percent = %
unit-choice = { "" }

param-policy = Wer kommt dran?
param-policy-help = Wie das Warp-Rohr den Ausgang für die nächste Anfrage wählt.
param-queue = Warteplätze
param-queue-help = So viele Anfragen dürfen auf einen Arbeiter warten; jede weitere wird abgewiesen. Eine lange Schlange verdeckt Probleme und verspätet Antworten.
param-line = Ordnung der Schlange
param-line-help = Wer als Nächstes bedient wird, wenn ein Arbeiter frei ist.
param-calls = Aufrufe
param-calls-help = Ob die Aufrufe an den Ausgängen nacheinander gemacht werden oder alle zugleich.
param-call-timeout = Geduld je Aufruf
param-call-timeout-help = Wie lange auf die Antwort eines Aufrufs gewartet wird. Der Arbeiter ist währenddessen gebunden.
param-replicas = Replikate
param-replicas-help = Exemplare des Dienstes. Jedes kann für sich ausfallen.
param-workers = Arbeiter
param-workers-help = So viele Anfragen bearbeitet ein Replikat zugleich.
param-service-time = Arbeit je Anfrage
param-service-time-help = Wie lange eine Anfrage einen Arbeiter im Mittel beschäftigt.
param-outlets = Ausgänge
param-outlets-help = So viele andere werden für jede Anfrage aufgerufen.
param-failure-percent = Öffnet bei Fehlern ab
param-failure-percent-help = Der Anteil gescheiterter Aufrufe, ab dem nicht mehr aufgerufen wird.
param-window = Blick zurück
param-window-help = Über so viele der letzten Aufrufe wird der Anteil der Fehler gebildet. Wenige: schnell, aber nervös. Viele: ruhig, aber langsam.
param-open-time = Bleibt offen für
param-open-time-help = So lange geht kein Aufruf durch, bevor es wieder versucht wird.
param-trials = Probeaufrufe
param-trials-help = So viele Aufrufe gehen durch, um zu sehen, ob alles wieder gut ist.
param-slow-call = Langsam ab
param-slow-call-help = Ein Aufruf, der länger dauert, zählt als langsam, ob er scheitert oder nicht.
param-slow-percent = Öffnet bei langsamen ab
param-slow-percent-help = Der Anteil langsamer Aufrufe, ab dem nicht mehr aufgerufen wird.
param-retries = Wiederholungen
param-retries-help = Versuche nach dem ersten. Jeder ist mehr Arbeit für eine Maschine, die vielleicht nur scheitert, weil sie überlastet ist.
param-try-timeout = Geduld je Versuch
param-try-timeout-help = Wie lange auf einen Versuch gewartet wird, bevor der nächste beginnt.
param-retry-budget = Budget für Wiederholungen
param-retry-budget-help = So viele Wiederholungen zugleich auf hundert laufende Aufrufe; drei sind immer erlaubt. Es verhindert, dass Wiederholungen ertränken, was sie retten sollen.
param-backoff = Erste Pause
param-backoff-help = Davon gehen die Pausen vor Wiederholungen aus; jede ist länger als die letzte und vom Zufall gestreut.
param-backoff-cap = Längste Pause
param-backoff-cap-help = Keine Pause vor einer Wiederholung ist länger.
param-hop-cost = Kosten je Durchgang
param-hop-cost-help = Was der Sidecar zum Weg jeder Nachricht hinzufügt, hin und zurück.
param-batch = Stapel
param-batch-help = So viele Ereignisse füllen einen Stapel. Ein großer ist billig zu schreiben, wartet aber lange; ohne Schlüssel gehen so viele auf eine Spur, bevor eine andere an der Reihe ist.
param-linger = Zögern
param-linger-help = So lange wartet ein Stapel auf weitere Ereignisse, bevor er trotzdem geschrieben wird. Wer sie schickt, wartet mit.
param-log-limit = Platz im Log
param-log-limit-help = So viele Ereignisse hebt jede Spur auf, bis sie abgearbeitet sind; jedes weitere wird abgewiesen. Viel Platz verdeckt den Rückstand.
param-consume-timeout = Geduld je Ereignis
param-consume-timeout-help = So lange darf es dauern, bis ein Ereignis abgearbeitet ist. Danach wird es noch einmal weitergereicht, und die dahinter warten.
param-append-time = Schreiben eines Stapels
param-append-time-help = So lange dauert es im Mittel, wie viele Ereignisse auch darin sind. Jede Spur schreibt einen Stapel nach dem anderen.
param-redeliver-backoff = Pause vor neuem Versuch
param-redeliver-backoff-help = So lange ruht eine Spur, nachdem ein Ereignis gescheitert ist, bevor sie es noch einmal weiterreicht.
param-rate = Anfragen
param-rate-help = Mittlere Zahl der Anfragen in einer Sekunde.
param-timeout = Geduld
param-timeout-help = Wie lange ein Client insgesamt auf seine Antwort wartet.
param-request-size = Größe einer Anfrage
param-request-size-help = So viele Bytes legt eine Anfrage in ein Rohr.
param-response-size = Größe einer Antwort
param-response-size-help = So viele Bytes legt eine Antwort in ein Rohr.

choice-round-robin = Der Reihe nach
choice-least-request = Besserer von zweien
choice-random = Zufall
choice-least-request-full-scan = Wenigste Anfragen
choice-power-of-two = Zwei verschiedene
choice-least-response-time = Schnellste Antworten
choice-fifo = Wer zuerst kommt
choice-lifo = Wer zuletzt kommt
choice-priority = Nach Vorrang
choice-codel = CoDel
choice-sequential = Nacheinander
choice-parallel = Alle zugleich

class-browse = Stöbern
class-buy = Kauf
class-batch = Stapel

choice-round-robin-help = Ein Ausgang nach dem anderen.
choice-least-request-help = Von zwei gelosten der mit weniger Anfragen unterwegs.
choice-random-help = Irgendein Ausgang, wie es das Los will.
choice-least-request-full-scan-help = Von allen Ausgängen der mit den wenigsten Anfragen unterwegs.
choice-power-of-two-help = Von zwei verschiedenen gelosten der mit weniger Anfragen unterwegs.
choice-least-response-time-help = Von zwei gelosten der, dessen Antworten zuletzt am schnellsten kamen, gemessen an den Anfragen, die er schon hat.
choice-fifo-help = Gerecht, doch bei Überlast warten alle zu lange.
choice-lifo-help = Bei Überlast bekommen die Neuesten rechtzeitig Antwort, die Ältesten fast nie.
choice-priority-help = Das Wichtigste zuerst; unter Gleichen, wer zuerst kam.
choice-codel-help = Wer zuerst kommt; solange selbst die kürzeste Wartezeit zu lang ist, werden einige abgewiesen.
choice-sequential-help = Ihre Zeiten addieren sich.
choice-parallel-help = Gewartet wird auf den langsamsten.

# Der Inspektor: über einen Knopf.
knobs-advanced = Fortgeschritten
knobs-main = Wichtigste Knöpfe
knob-range = Von { $min } bis { $max }. Üblich: { $default }.
knob-choice = Eines von { $count }. Üblich: { $default }.
knob-by-level = Vom Level vorgegeben
knob-fixed = Gehört zum Level

# Was ein Knopf, ein Teil oder ein Rohr gerade tut.
now-capacity = höchstens { $rate } Anfragen pro Sekunde
now-room = { $busy } von { $workers } beschäftigt, { $queued } von { $queue } in der Schlange
now-waiting = { $count } warten
now-at-work = { $count } beschäftigt
now-served = { $count } bedient
now-up = { $count } in Betrieb
now-calls = { $count } unterwegs
now-sent = { $count } gesendet
now-retries = { $count } unterwegs
now-breaker-closed = lässt durch
now-breaker-half-open = versucht es wieder
now-breaker-open = hält zurück

# Ein Rohr.
pipe-length = Länge
pipe-cells = { $cells } { $cells ->
        [one] Feld
       *[other] Felder
    }
pipe-round-trip = Hin und zurück
pipe-bandwidth = Bandbreite
pipe-cost = Kosten
pipe-coins = { $coins } Münzen
pipe-in-flight = Unterwegs
pipe-lost = Verloren
