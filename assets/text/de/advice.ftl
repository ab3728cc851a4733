# Was die Weise zu einem verlorenen Lauf sagt: was am meisten geschadet hat, und was dagegen hilft.

sage-worst = { $count } Anfragen gingen an eine Sache verloren, { $share } % des Verlusts: { $why }.
advice-queue = Wer so lange ansteht, wird umsonst bedient. Teile das Wasser mit einem anderen Raum, oder erlaube nur eine kürzere Schlange.
advice-service = Die Arbeit selbst dauert dort zu lange. Schick weniger davon dorthin, oder frag einen schnelleren Raum.
advice-pipe = Jede Zelle zählt doppelt, hin und zurück. Such einen kürzeren Weg.
advice-hazard = Führe das Wasser darum herum, oder sorge dafür, dass ein aufgehaltener Aufruf anderswo versucht wird.
advice-client = Ihr eigener Client ließ sie warten. Weniger Geduld vor dem nächsten Versuch, oder weniger Versuche.
advice-full = Es kommt mehr, als er abarbeiten kann. Teile das Wasser, oder schick weniger hin.
advice-no-route = Verbinde das lose Ende, oder öffne das Ventil.
advice-lost = Was unterwegs verloren geht, wird nicht von selbst noch einmal erfragt. Lass es erneut versuchen, oder führe es anders.
advice-down = Schick nichts zu dem, der nicht da ist: Merk es früher, oder halte einen anderen bereit.
advice-error = Dieselbe Frage bekommt dieselbe Antwort. Frag einen anderen, oder frag weniger.
advice-open = Ein Schutzschalter öffnet nicht ohne Grund. Behebe den, oder lass ihn früher wieder nachsehen.
advice-bulkhead = Seine laufenden Aufrufe sind begrenzt. Mach sie kürzer, oder erlaube mehr davon.
advice-expired = Sie kamen zu spät, um noch zu nützen. Was davor liegt, muss schneller werden.
