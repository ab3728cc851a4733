# Orders that the Navigator carries out, faults that the player places, and steps of a tutorial.

# How long it takes until an order takes effect, in seconds of play.
order-in = in { $s } s
valve-to-shut = Valve is going to be shut
valve-to-open = Valve is going to be opened
refusal-no-way = No way leads there
refusal-nothing-to-recall = Nothing is ordered

objective-break = At most { $share } % answered within { $within }
refusal-system-stays = The system stays as it is
refusal-no-fault-left = No { $kind } left
refusal-nothing-to-strike = It would strike nothing here
refusal-enemy-there = Someone is here already
refusal-out-of-blast = Outside the blast radius
fault-strikes = Strikes
fault-when = When
fault-always = all the time
fault-every = from { $first } on, every { $every } for { $for }
fault-times =
    { $count ->
        [one] once
       *[other] { $count } times
    }

# What can be wrong about a level.
problem-chaos-and-genre = Faults to place belong to the kind Chaos, and it to them
problem-no-faults = There is no fault to place
problem-no-break = A chaos level has one objective that the system breaks
problem-break-and-defend = Breaking is for chaos levels alone, holding for all others
problem-too-many-steps = { $count } steps: at most { $max }
problem-step-text-missing = The text { $name } is missing
problem-too-many-parts = Points at too much: at most { $max }
editor-place-step = Step { $n } of the tutorial
