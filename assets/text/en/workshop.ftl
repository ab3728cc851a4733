# The editor for those who hear it or use the keyboard alone, and what is doubtful about tutorials.

editor-told-level = Name of the level
editor-told-name-of-thing = Name
editor-told-price = Price of { $name }
editor-told-point = Pointer { $n }
editor-told-strike-from = Strike { $n }, from
editor-told-strike-to = Strike { $n }, to
editor-told-traffic = Traffic of { $name }: add a point
editor-told-point-of-traffic = Traffic of { $name }, point { $n }
editor-told-lane = Strikes of { $name }
editor-told-strike = { $name }, strike { $n }
editor-told-span = from { $from } s to { $to } s
editor-told-stop-help = Left and right move it in time, up and down make it more or less. Enter adds one behind it, Delete takes it away.
editor-lane-enemies = Enemies

problem-no-such-piece = It speaks of “{ $name }”, which is not there: name a piece.
problem-not-in-stock = It speaks of a piece that is neither there nor in the inventory: { $kind }.
problem-not-in-arsenal = It speaks of a fault that cannot be let loose: { $kind }.
problem-no-such-knob = It waits for “{ $name }”, and such a piece has no knob of that name.

exchange-asked = Say where it shall lie in the window that opened.
