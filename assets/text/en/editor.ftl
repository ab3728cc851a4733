# The editor: where players make levels.

title-make = Make a level
menu-open-copy = Open a copy in the editor

editor-leave = To the title; everything is kept
editor-undo = Undo
editor-redo = Do it again
editor-kept = kept on this device
editor-keeping = is being kept …
editor-not-kept = not kept: there is no room left
editor-library = My levels
editor-import = Take something in
editor-playtest = Playtest
editor-playtest-help = Try the level as it is now (F2, and F2 comes back)
editor-publish = Publish
editor-publish-help = Hand the level on: link, QR code, file
editor-back = Back to the editor (F2)
editor-fit = Fit
editor-go = show
editor-fix = Mend it
editor-cancel = Cancel
editor-copy = Copy
editor-open = Open
editor-remove = Remove
editor-turn = Turn round

editor-tool-select = Select
editor-tool-dig = Terrain
editor-tool-pipe = Pipe
editor-tool-piece = Piece
editor-tool-enemy = Enemy
editor-tool-erase = Erase
editor-tool-goal = Goals
editor-ground-tunnel = tunnel
editor-ground-rock = rock
editor-ground-sky = sky
editor-shape-brush = Brush
editor-shape-line = Line
editor-shape-rectangle = Rectangle
editor-shape-fill = Fill what hangs together
editor-thinner = Thinner
editor-thicker = Thicker
editor-mirror = The other half of the map follows
editor-erase-help = A press removes what stands there; on free ground it fills up rock.
editor-as-own = belongs to the player

editor-panel-piece = What is selected
editor-panel-goals = Goals
editor-panel-rules = Rules
editor-panel-story = Story
editor-panel-text = Text
editor-panel-proof = Proof
editor-panel-problems = Problems
editor-panel-times = Timeline

editor-nothing-selected = Nothing selected
editor-nothing-selected-help = Press something on the map or in this list to set all that can be set about it. The tools dig, lay pipes, and place pieces and enemies.
editor-of-level = of the level
editor-of-player = of the player
editor-advanced = Advanced
editor-less = Less
editor-knobs-for-player = The player may set, too:
editor-pipe-about = { $cells ->
        [one] one cell
       *[other] { $cells } cells
    }, { $ms } ms each way
editor-classes = Classes
editor-class = Class
editor-profile = Rate changes
editor-profile-constant = never
editor-profile-ramp = along a ramp
editor-profile-spike = with a spike
editor-profile-curve = along a curve
editor-profile-bursts = in bursts
editor-profile-users = with its users
editor-profile-steady = never, equal gaps
editor-profile-recorded = as recorded
editor-profile-of-from = From
editor-profile-of-to = To
editor-profile-of-at = At
editor-profile-of-for = For
editor-profile-of-factor = Times
editor-profile-of-calm = Calm lasts
editor-profile-of-burst = A burst lasts
editor-profile-of-users = Users
editor-profile-of-think = They think for
editor-recorded = Times in ms
editor-recorded-about =
    { $count ->
        [one] one request
       *[other] { $count } requests
    }, the last at { $last }. The rates say only how often each class comes.
editor-recorded-empty = There is no time in it: the recording stays as it was.
editor-recorded-too-many = At most { $max } times: the recording stays as it was.
editor-recorded-no-time = Number { $nth }, “{ $word }”, is no whole number of milliseconds: the recording stays as it was.
editor-recorded-too-late = Number { $nth } is later than { $max } ms: the recording stays as it was.
editor-recorded-drawn = A recording is not drawn: its times are written in the spring's panel.
editor-priority = Priority, 0 to 7
editor-idempotent = May be tried again
editor-spread = Times are
editor-spread-constant = always the same
editor-spread-exponential = exponential
editor-spread-erlang = Erlang
editor-stages = Stages
editor-delay = Holds up for
editor-blow = The machine
editor-blow-pause = stands still
editor-blow-crash = goes down
editor-blow-slow = is slow
editor-blow-vanish = is gone without a word
editor-blow-errors = answers with errors
editor-error-share = Errors
editor-errors-all = Errors concern all of the machine's copies.
editor-grip = The pipe
editor-grip-shut = is shut
editor-grip-shut-forward = swallows requests
editor-grip-shut-backward = swallows answers
editor-grip-leak = leaks
editor-grip-squeeze = is narrow
editor-leak-share = Lost
editor-squeeze-left = Is left
editor-slow-factor = Slower
editor-all-replicas = Hits all replicas
editor-replicas = Replicas
editor-target = Strikes
editor-target-by-cell = what is in its cell
editor-schedule = When it strikes
editor-schedule-always = Always
editor-schedule-every = Again and again
editor-schedule-at = As drawn on the timeline
editor-schedule-at-help = Draw, drag and stretch its strikes on the timeline. A double click removes one.
editor-first = First at
editor-every = Again after
editor-lasts = Lasts

editor-goals-help = Who plays must reach all of them. The first one sets what counts as in time.
editor-add-goal = Add a goal:
editor-objective-good-share = Answered in time
editor-objective-p99 = p99
editor-objective-cost = Cost
editor-objective-class-share = A class in time
editor-objective-error-budget = Error budget
editor-objective-beaten = Enemies beaten
editor-objective-consumer-lag = Events worked off
editor-at-least = At least
editor-at-most = At most
editor-within = Within

editor-id = Name in links
editor-genre = Kind of task
editor-genre-puzzle = Puzzle
editor-genre-build = Build
editor-genre-incident = Incident
editor-genre-migration = Migration
editor-genre-chaos = Chaos
editor-genre-minigame = Mini-game
editor-section = Section
editor-coins = Coins
editor-budget = Budget
editor-has-par = A good build costs at most
editor-par = Coins
editor-inventory = Inventory
editor-pipes = Pipes
editor-price-per-cell = Price per cell
editor-ms-per-cell = Time per cell
editor-bandwidth = Bandwidth
editor-pipe-queue = Messages waiting
editor-pipe-loss = Lost on the way
editor-pipe-jitter = Jitter
editor-overtaking = Messages may overtake
editor-handshake = Handshake
editor-pipe-idle = Stays open
editor-bridges = Pipes may cross
editor-price-per-bridge = Price of a bridge
editor-flow = Flow
editor-duration = Water flows for
editor-pace = Pace
editor-beaten-after = Beaten after
editor-has-clock = Build against the clock
editor-plan-s = Time to build
editor-map = Map
editor-columns = Columns
editor-rows = Rows

editor-text-name = Name
editor-text-brief = Brief: what is asked
editor-text-sage = What the sage says first
editor-text-won = What the sage says when it is won
editor-text-lost = What the sage says when it is lost
editor-text-hint = Hint { $n }
editor-add-language = Add (code)
editor-remove-language = Take this language out
editor-take-picture = Take the map's text

editor-timeline = Timeline
editor-timeline-fold = Open or fold it
editor-timeline-help = Press to add a point, drag to move, double click to remove
editor-traffic = Traffic
editor-traffic-of = of { $name }
editor-per-second = per second
editor-at-rate = { $s } s, { $rate }/s
editor-no-enemies = No enemies yet

editor-problems = Problems
editor-no-problems = No problems: the level can be played.
editor-place-objective = Goal { $n }
editor-place-start = Build step { $n }

editor-proof-none = Not proved yet
editor-proof-running = Proving, { $share } %
editor-proof-holds = Proved fair
editor-proof-fails = Proof fails
editor-proof-stale = Changed since its proof
editor-proof-help = Before it is published a level is proved: on many seeds the reference wins, and the untouched board and all decoys lose.
editor-proof-stale-help = The level has changed since then: prove it again.
editor-last-run = Last playtest
editor-no-run-yet = Playtest the level to its end: then the run can be kept here.
editor-run-won = Won. Keep it as a reference?
editor-run-lost = Lost. Keep it as a decoy?
editor-keep-reference = Reference
editor-keep-decoy = Decoy
editor-references = References: must win
editor-references-none = None yet: playtest, win, and keep the run.
editor-decoys = Decoys: must lose
editor-decoys-none = The untouched board is always one.
editor-edits = { $count ->
        [one] one edit
       *[other] { $count } edits
    }
editor-seeds = Seeds
editor-prove = Prove it
editor-proof-needs-reference = A proof needs a reference: a run that wins.
editor-proof-needs-sound = Mend the errors first.
editor-outcome = Outcome
editor-untouched = Untouched board
editor-row-wins = wins { $count } of { $seeds }
editor-row-loses = loses { $count } of { $seeds }

editor-sheet-library = My levels
editor-sheet-publish = Publish
editor-sheet-import = Take something in
editor-start-new = Begin a new one
editor-start-blank = Empty map
editor-start-copy = Copy of this one
editor-start-sandbox = Sandbox: everything unlocked, nothing asked
editor-sandbox-cave = A cave
editor-sandbox-shop = A shop
editor-sandbox-storm = A storm
editor-sandbox-play = Play
editor-sandbox-edit = Edit
editor-start-template = From a template, which brings its solution along
editor-template-seed = Seed
editor-template-difficulty = Difficulty
editor-template-make = Make it
template-balance-rooms = Rooms of unequal speed
template-retry-slam = A pipe that is slammed
editor-my-levels = My levels
editor-no-levels-yet = None yet. What you make is kept here by itself.
editor-delete = Delete
editor-delete-sure = Delete for good
editor-duplicate = Duplicate

editor-publish-about = Whoever opens it can play the level at once, and compute its proof again.
editor-as-link = As a link
editor-as-file = As a file
editor-save-file = Save { $name }
editor-saved-at = It lies at { $path }
exchange-asked = Say where it shall lie in the window that opened.
editor-downloaded = Downloaded.
editor-not-saved = It could not be saved: { $reason }
editor-copied = Copied.
editor-qr-help = A telephone's camera opens the link.
editor-too-long-for-link = The level is too large for a link: hand it on as a file.
editor-too-long-for-qr = The link is too long for a QR code.
editor-publish-needs-proof = Not yet: prove it first
editor-publish-needs-proof-help = A level that nobody can win, or that wins by itself, is no level. Keep a run that wins as the reference, and prove it.
editor-to-proof = To the proof

editor-import-about = A .pipemaze file, a link, the text of a level, or the YAML of a service mesh: drop it on the window, choose it, or paste it.
editor-import-hint = Paste here
editor-pick = Choose a file
editor-paste = Paste
editor-clear = Clear
editor-read = Read it
editor-import-found = Found: { $pieces ->
        [one] one piece
       *[other] { $pieces } pieces
    }, { $pipes ->
        [one] one pipe
       *[other] { $pipes } pipes
    }
editor-take-import = Open it as a new level
editor-not-understood = Not understood

share-no-code = There is no level in that link: copy the whole of it.
share-no-file = This is no file of the game: choose another one.
share-too-long = This is too long.
share-too-large = This unpacks to more than anything that the game made.
share-newer = A newer version of the game made this: reload the page or update the game.
share-cut-off = The end is missing: copy or download it again.
share-damaged = It was damaged on the way: copy or download it again.
share-parts = Its parts do not fit together: ask for it again.
share-bad = There is something wrong in it: ask for it again.
share-other-level = It is for another level than the one that lies with it.

draft-refusal-no-such-entry = It may have gone already.
draft-refusal-bad-setting = It has no such knob, or it cannot be turned there.
draft-refusal-other-kind = It keeps its kind: place another piece instead.
draft-refusal-map-size = A map has from 1 to 64 columns and rows.
draft-refusal-not-a-number = A number is needed.
draft-refusal-too-many = There are as many as a level can have: remove one first.
draft-refusal-too-large = The level has become too large: shorten something.

problem-bad-name = “{ $name }” is no name: use 1 to 32 characters of a-z, 0-9 and -.
problem-name-taken = something else has this name: change one of them.
problem-breaks = { $field } must be { $rule }.
problem-too-many-texts = { $count } texts are too many.
problem-text-missing = The English “{ $name }” is missing: write it.
problem-text-too-long = { $count } bytes: at most { $max }.
problem-stands-on-pipe = stands on a pipe, which players lay: put it into the inventory.
problem-no-spring = There is no spring: nothing flows without one.
problem-no-answer = Nothing could answer: add a machine room, or put one into the inventory.
problem-outside-map = lies outside the map: move it.
problem-rock = stands in rock: dig there, or move it.
problem-piece-there = another piece stands there: move one of them.
problem-no-caller = nothing there makes calls: put it on a spring or a machine room.
problem-two-of-kind = { $name } has two of these: keep one.
problem-too-many-knobs = { $count } knobs are too many.
problem-unknown-knob = “{ $name }” is no knob of it.
problem-bad-target = “{ $name }” is no name of a pipe or piece.
problem-no-service = “{ $name }” is no machine of the level.
problem-no-good-share = No goal says what counts as in time: add “Answered in time”.
problem-many-good-shares = “Answered in time” stands { $count } times: keep one.
problem-no-broker = There is no broker on the board or in the inventory, so there are no events to work off.
problem-no-class = No spring issues requests of the class { $class }.
problem-too-many-requests = More than { $max } requests in all: lower a rate or the duration.
problem-outlet-taken = another pipe leaves that outlet of { $name }: use another outlet.
problem-simulation = The simulation refuses it: { $name }
problem-loose-end = A loose end: nothing flows in this pipe.
problem-unreachable = No tunnel leads here from any spring: dig one.
problem-no-way-out = No pipe can leave it: dig at its outlet.
problem-strikes-nothing = It has nothing to strike: put it on a tunnel or name its target.
problem-strikes-too-late = It strikes only after the water has stopped.
problem-par-above-budget = What a good build costs is above the budget of { $coins } coins.
problem-no-slack = A good build costs all there is: leave some coins.
problem-cost-above-budget = The cost can never be missed: there are only { $coins } coins.
problem-budget-too-small = The shortest pipe costs { $coins } coins: raise the budget.
problem-overloaded = { $rate } requests a second flow, and at most { $capacity } can be worked off: nobody can win.
problem-gives-up-before = Clients give up after { $ms } ms, before the goal's time is over.
problem-play-time = It takes { $seconds } seconds at normal speed.
problem-text-empty = This text is empty.
problem-not-translated = { $count ->
        [one] One text is
       *[other] { $count } texts are
    } not translated.
problem-no-hints = There are no hints.
problem-no-such-piece = It speaks of “{ $name }”, which is not there: name a piece.
problem-not-in-stock = It speaks of a piece that is neither there nor in the inventory: { $kind }.
problem-not-in-arsenal = It speaks of a fault that cannot be let loose: { $kind }.
problem-no-such-knob = It waits for “{ $name }”, and such a piece has no knob of that name.

rule-between = from { $min } to { $max }
rule-at-least = at least { $min }
rule-at-most = at most { $max }
rule-positive = above 0
rule-positive-up-to = above 0 and at most { $max }
rule-after-its-begin = not before its beginning, and at most { $max }
rule-in-order = in order of time, and at most { $max }
rule-apart = in order of time, apart, and at most { $max }
rule-below-every = at least 1, and shorter than the time until it strikes again
rule-fewer-strikes = so long that there are at most { $max } strikes
rule-once = a class that comes once
rule-one-flows = above 0 for one of several classes
rule-enemies = from 1 to the { $max } enemies that there are
rule-listed-once = listed once
rule-placeable = a kind that players place
rule-same-kind = of the kind that is listed
rule-left-out = left out: errors concern all copies of a machine

# What a service mesh's YAML says that has no effect here, or another one.
mesh-line = Line { $line }
mesh-not-understood = is not understood.
mesh-not-modelled = has no piece or knob yet.
mesh-bad-value = cannot be read.
mesh-twice = stands twice: the last one counts.
mesh-alias = is an alias, and aliases are not followed.
mesh-misplaced = stands in the wrong place, where a mesh drops it silently: it belongs into { $name }.
mesh-deprecated = is deprecated: it is called { $name } now.
mesh-per-room = became the line in front of a room; a mesh counts for each proxy.
mesh-weights = weights became shares by the balancer's policy.
mesh-any-failure = failures of every kind are tried again here.
mesh-sent-to = its requests are sent to { $name }; here it is called itself.
mesh-not-laid = calls { $name }, too: an inlet takes one pipe, so it is not laid.
mesh-no-room = there is no room for it on a board.

# The editor for those who hear it or use the keyboard alone.
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
