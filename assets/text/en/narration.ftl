# What screen readers say: of controls that show an icon alone, of the board's cells, and of what happens.

control-language = Language: { $what }
control-speed = Speed { $what }
control-setting = { $setting }: { $what }
control-mute = Mute: { $what }
control-pause = Pause
control-go-on = Go on
control-step = The next event
control-step-help = Lets just one event happen, and holds the run. Key N.
control-stop = Back to building
control-stop-help = Turns the water off. Key B.
control-flow-help = Key F.
control-fit = The whole board
control-menu = Menu
control-tool-select = Tool: select
control-tool-select-help = On the board Enter then selects, and begins and ends a box. Key S.
control-tool-view = Tool: move the view
control-tool-view-help = For pointers: drags the view. Key G. With keys, Shift and arrows move it.
control-tool-pipe-help = On the board Enter then begins a pipe, arrows lead it, and Enter ends it. Key P.
control-turn = Turn round
control-turn-help = Turns round what is carried or selected. Key Q.
control-duplicate = Duplicate
control-copy = Copy
control-paste = Paste
control-delete = Remove
control-remove = Remove
control-undo = Undo
control-redo = Redo
control-hint = A hint
control-hint-help = The Sage tells a little more each time. Key H.
control-ride = Ride a request
control-ride-help = Follows one request hop by hop, failed ones first. Key V.
control-ride-again = Ride it again from its start
control-leave-ride = Leave the ride
control-ride-loss = Ride the worst request of cause { $nth }
control-ride-loss-help = Leads back into the run, to its start.
control-fork = Fork here
control-fork-help = Makes the next change a fork: what was done later stays. Key K.
control-rename = Give it a name
control-name-done = Keep the name
control-back-to-editor = Back to the editor (F2)
control-back = Back
control-close-sheet = Close
control-advanced-help = Shows the other knobs of the piece.
control-expand = All about it
control-leave-help = The level is left; what you built stays while the game runs.
control-valve-help = Turns the valve: a pipe that is shut lets nothing through.
control-rewind-help = Back into the run, to shortly before it first went wrong.
control-change-help = Back to building.
control-retry-help = The same plan once more, with other chances.

slot-pipe = { $price } coins a cell
slot-piece = { $price } coins, { $left } left
slot-help = Enter takes it; on the board arrows move it and Enter places it.

station-won = Won
station-next = Comes next
station-later = Open, but others come first

place-plan = { $level }: building
place-flow = { $level }: the water flows
place-debrief = { $level }: how it went

# The board's cells. "{ $what }" is what is there.
cell-at = { $what }. At { $place }
cell-place = column { $column }, row { $row }
cell-rock = Rock
cell-sky = Sky
cell-free = Free
cell-edge = Edge of the map
cell-inlet = inlet of { $piece }
cell-outlet = outlet of { $piece }
cell-pipe = Pipe from { $from } to { $to }
cell-pipe-from = Pipe from { $from }, the other end loose
cell-pipe-to = Pipe to { $to }, the other end loose
cell-pipe-loose = Pipe, both ends loose
cell-around = Around: up { $up }, right { $right }, down { $down }, left { $left }.
cell-enter-draw = Enter begins a pipe here.
cell-enter-end = Enter ends the pipe here.
cell-enter-go-on = Enter goes on with the pipe.
cell-enter-place = Enter places it here.
cell-enter-put = Enter puts it down here.
cell-enter-select = Enter selects it.
cell-enter-take = Enter takes it, to move it.
cell-enter-box = Enter begins a box that selects.
cell-enter-box-end = Enter ends the box.
piece-called = { $name }, { $kind }

board-line = { $what }: { $where }
board-inlet = inlet at { $place }
board-outlet = outlet at { $place }

standing-met = { $objective }: { $figure }, met
standing-missed = { $objective }: { $figure }, not met
standing-budget = Error budget: { $left }
standing-to-break = Until it breaks: { $left }
standing-time = Time: { $now } of { $whole } s
standing-coins = { $left } coins left

# What happens.
happen-flows = The water flows
happen-held = Held at { $now } s
happen-plan = The water is off: you build
happen-sage = The Sage: { $words }
happen-stars = { $has } of { $all } stars: { $stars }
happen-star = A star is earned: { $star }
happen-placed = Placed: { $what }, { $place }
happen-moved = Moved: { $what }, { $place }
happen-turned = Turned round: { $what }, { $place }
happen-removed = Removed: { $what }
happen-laid = Laid: { $what }
happen-led = Led elsewhere: { $what }
happen-joined = Joined: { $what }
happen-parted = No longer joined: { $what }
happen-shut = Shut: { $what }
happen-open = Opened: { $what }
happen-many = { $count } changes on the board
happen-order = The Navigator sets out to do it
happen-first-failure = A request has failed, the first. { $told }
happen-objective-met = An objective holds: { $objective }
happen-objective-lost = An objective fails: { $objective }
happen-budget-empty = The error budget is empty
happen-broken = The system is broken
happen-loss = Requests are lost for another reason: { $why }
happen-burning = The error budget burns too fast
happen-burning-over = The error budget burns slowly again
happen-breaker-opens = A breaker opens: { $room } stops calling
happen-breaker-closes = A breaker closes: { $room } calls again
happen-overload = { $room } is full and turns requests away
happen-overload-over = { $room } has room again
happen-strikes = { $enemy } strikes
happen-strikes-over = { $enemy } rests
happen-beaten = { $enemy } is beaten
happen-beaten-over = { $enemy } does harm again

# A hint for fingers, at the upper edge of a small board.
hint-pinch = Two fingers bring the board nearer
