# Die Weltkarte: ihre Abschnitte, und was über einen Level gesagt wird.

map-title = Das Labyrinth unter der Stadt
map-start = Hier beginnen
map-onward = Weiter
map-open = Folge dem Licht oder spring voraus: Kein Tor ist verschlossen.
map-stars = { $has } von { $all } Sternen
map-section-stars = { $has }/{ $all }

section-1 = Knotenpunkt
section-1-about = Dienstverzeichnis
section-1-teaches = Registry, Health-Checks, DNS: wie ein Aufrufer erfährt, wo ein Dienst ist, und dass er weg ist.
section-2 = Tunnel
section-2-about = Kommunikation
section-2-teaches = Aufrufe und Warteschlangen: Timeouts, Wiederholungen, Back-off, und wie lang eine Schlange werden darf.
section-3 = Flusskontrolle
section-3-about = Lastverteilung
section-3-teaches = Last verteilen: welcher Raum als Nächster drankommt, und wann noch einer seinen Preis wert ist.
section-4 = Datenschnellen
section-4-about = Event-Streaming
section-4-teaches = Partitionen, Consumer-Gruppen, Zustellgarantien: Wasser, das nicht verloren gehen und nicht zweimal kommen darf.
section-5 = Leitstand
section-5-about = Koordination
section-5-teaches = Anführer, Sperren und Mehrheiten: wer entscheidet, wenn einige einander nicht hören.
map-site = Im Bau
map-site-about = Der Tunnel ist gegraben, aber noch ist kein Level darin.

genre-puzzle = Rätsel
genre-build = Bauen
genre-incident = Störung
genre-migration = Umzug
genre-chaos = Chaos
genre-minigame = Gegen die Uhr

map-later = Noch nicht empfohlen: { $name } kommt zuerst. Überspringen darfst du trotzdem.
map-star-met = Alle Ziele erreichen
map-star-par = Höchstens { $par } Münzen
map-star-robust = Hält auch an anderen Tagen
map-best-cost = Beste Kosten
map-best-p99 = Bestes p99
map-attempts = Versuche
map-play = Spielen
map-play-anyway = Trotzdem spielen
map-play-again = Noch einmal spielen
map-all-won = Jeder Level ist gewonnen. Die Stadt hat ihr Wasser.
