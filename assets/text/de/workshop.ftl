# Der Editor für alle, die ihn hören oder nur mit Tasten bedienen, und was an Einführungen zweifelhaft ist.

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

problem-no-such-piece = Hier ist von „{ $name }“ die Rede, und das gibt es nicht: Nenne ein Teil.
problem-not-in-stock = Hier ist von einem Teil die Rede, das weder da noch im Vorrat ist: { $kind }.
problem-not-in-arsenal = Hier ist von einer Störung die Rede, die niemand loslassen kann: { $kind }.
problem-no-such-knob = Hier wird auf „{ $name }“ gewartet, und so ein Teil hat keinen Regler, der so heißt.

exchange-asked = Sag im Fenster, das sich geöffnet hat, wohin damit.
