# Teilen: was man weitergibt, und was andere einem geben.

sheet-share = Teilen
share-run = Den Lauf
share-build = Nur den Bau
share-run-about = Der ganze Lauf mit allen Zweigen. Wer ihn öffnet, kann zusehen, ihn prüfen und von jedem Augenblick an weiterspielen.
share-build-about = Was gebaut ist, ohne den Lauf. Wer es öffnet, lässt das Wasser selbst laufen.
share-qr-help = Für ein Telefon: Halte seine Kamera hierauf.
share-no-qr = Für ein Bild, das ein Telefon lesen könnte, ist es zu lang. Link und Datei enthalten alles.
share-long-link = Dieser Link ist lang: Manche Programme schneiden ihn ab. Eine Datei ist sicherer.
share-copy = Link kopieren
share-save = Als Datei sichern
share-copied = Der Link ist kopiert.
share-not-copied = Hier kann der Link nicht kopiert werden: Sichere ihn als Datei.
share-saved-at = Gesichert: { $path }
share-downloaded = { $name } ist heruntergeladen.
share-not-saved = Das konnte nicht gesichert werden: { $reason }
share-film = Ein bewegtes Bild
share-film-about = Die letzten Sekunden des Laufs als GIF, zum Weiterzeigen.
share-film-failed = Es gibt kein Bild: Dieses Gerät hat keines geliefert. Versuch es noch einmal.
share-shoot = Bild machen
share-save-picture = Bild sichern ({ $megabytes } MB)

# Was von dem vorgelesen wird, was nur ein Zeichen trägt.
control-shoot = Noch ein Bild machen
control-pack-page = Andere Seite

menu-open-file = Datei öffnen

# Was hereinkam.
sheet-arriving = Ein fremder Lauf
arrive-about = Der Lauf wird noch einmal berechnet, um zu sehen, ob er ist, was er sagt.
arrive-level-unknown = Das Level, zu dem das gehört, gibt es hier nicht.
arrive-build-misfits = Manches vom Bau passt nicht mehr in dieses Level.
arrive-orders-left-out = Der Bau steht. Was angeordnet wurde, während das Wasser lief, bleibt dir überlassen.
arrive-misfits = Dieser Lauf passt nicht in sein Level: Er gehört zu einer anderen Fassung davon, oder er wurde verändert.
arrive-too-much = Diesen Lauf zu berechnen, würde zu lange dauern: Er wird nicht geöffnet.
arrive-empty-pack = In diesem Paket ist kein Level.
sheet-pack = Levels des Pakets
pack-untitled = Ein Paket
pack-count = { $title }: { $count ->
        [one] ein Level
       *[other] { $count } Levels
    }
pack-page = { $page } / { $pages }

# Während man einen fremden Lauf sieht.
watch-verified = Ein fremder Lauf. Noch einmal berechnet, gleicht er sich bis auf den letzten Tropfen.
watch-differs = Ein fremder Lauf. Noch einmal berechnet, ist er nicht, was er sagt: Er wurde verändert.
watch-other-rules = Ein fremder Lauf aus einer anderen Fassung des Spiels: Was du siehst, kann anders sein als damals.
watch-other-level = Ein fremder Lauf in einer anderen Fassung dieses Levels: Was du siehst, kann anders sein als damals.
watch-taken-over = Jetzt ist er deiner: Ändere etwas, und in diesem Augenblick beginnt dein eigener Zweig.
watch-take-over = Übernehmen
watch-build-own = Selbst bauen
watch-debrief = Ein fremder Lauf: Er zählt nicht als deiner.
