# Everything that a player reads in the game itself. Level texts are in the levels.

title-line = Build distributed systems out of pipes. Turn on the water, and see what breaks.
title-play = Play
title-codex = How true is it?
title-version = v{ $version }

sage = The Sage
# The tutorial, where what was to be placed stands where no pipe can lead into it.
lesson-amiss = Its way in is against the rock. Drag it to where the hand points.
lesson-blocked = What stands here leaves no way for that pipe. Take it back with Undo.
coins = { $left } left
# What a control is called, and the key that stands for it.
tooltip-key = { $name }  ({ $key })

codex-title = How true is it?
# How an item of the page begins that says where the game falls short of the real thing.
codex-simpler = Simpler

# A class of requests and how many come in a second, on average.
class-rate = { $class } { $rate }/s
# The error budget: how many more requests may fail or be late.
budget = Error budget
budget-left =
    { $share ->
        [0] nothing left
       *[other] { $share } % left
    }
budget-burn = burning { $times }x
budget-to-break = Until it breaks
budget-to-break-left = { $share } % to go
objectives = Objectives
objective-good-share = { $share } % answered within { $within }
objective-p99 = p99 under { $bound }
objective-cost = Cost at most { $bound }
objective-class-share = { $share } % of { $class } answered within { $within }
objective-error-budget = { $share } % of the error budget left
objective-beaten = Enemies beaten: { $count }
objective-consumer-lag = Events worked off within { $bound }
objective-none = –
# The same in few words, on a phone.
chip-good-share = { $share } % < { $within }
chip-p99 = p99 < { $bound }
chip-cost = cost up to { $bound }
chip-class-share = { $class } { $share } % < { $within }
chip-error-budget = budget { $share } %
chip-beaten = { $count } beaten
chip-consumer-lag = lag < { $bound }
chip-break = max. { $share } % < { $within }
# What these words mean, under the mouse.
explain-good-share = So many of all requests have to be answered, and within that time. A late answer does not count.
explain-p99 = Of a hundred answers ninety-nine must be faster than this. It is what the unlucky ones wait.
explain-cost = What your pieces and pipes cost together.
explain-cost-star = What your pieces and pipes cost together. With { $par } or less you earn a star.
explain-class-share = The same, for one kind of request alone: each kind has its own colour and shape.
explain-error-budget = Some requests may fail or be late: that is the budget. So much of it has to be left at the end.
explain-beaten = An enemy is beaten when it strikes where water flows, and not one request is lost to it.
explain-consumer-lag = A broker answers at once; the work comes later. Of a hundred of its events ninety-nine must be worked off within that time, and none may be left that is older.
explain-break = Here you break things: no more than that may still be answered in time.
explain-budget = How many more requests may fail or be late before the run is lost. Burning 2x: at this pace it lasts half the time.
explain-budget-to-break = How much still has to go wrong until the system counts as broken.
explain-class-rate = Requests that come from the spring, of this kind, in a second on average.
duration-ms = { $ms } ms
duration-s = { $s } s
# Where in the run one is, in seconds.
clock = { $now } / { $whole } s
share = { $share } %
coins-figure = { $coins }

button-flow = Let it flow
button-back = Back
button-retry = Try again
button-next = Next level
button-rewind = Back into it
button-plan = Change the plan
speed = { $times }x
tool-pipe = Pipe
tool-select = Select
tool-view = Move view
price = { $price }

kind-spring = Spring
kind-machine-room = Machine Room
kind-warp-pipe = Warp Pipe
kind-vault = Vault
kind-circuit-breaker-fire = Circuit Breaker Fire
kind-service-mesh-super-mushroom = Service Mesh Super Mushroom
kind-api-gateway-star = API Gateway Star
kind-event-storm-lightning = Event Storm Lightning
about-spring =
    { $rate ->
        [one] One request
       *[other] { $rate } requests
    } a second. A client waits { $timeout } at most.
about-spring-steady = { $rate } requests a second, with equal gaps. A client waits { $timeout } at most.
about-spring-recorded =
    { $count ->
        [one] One request that was recorded, at its own time.
       *[other] { $count } requests that were recorded, each at its own time.
    } A client waits { $timeout } at most.
about-machine-room =
    { $workers ->
        [one] One worker
       *[other] { $workers } workers
    }, { $mean } each request. { $queue ->
        [0] None
       *[other] { $queue }
    } may wait.
about-warp-pipe = Shares the water among its three outlets.
about-vault =
    A database: { $workers ->
        [one] one query
       *[other] { $workers } queries
    } at once, { $mean } each. { $queue ->
        [0] None
       *[other] { $queue }
    } may wait.
about-circuit-breaker-fire = On a pipe: whoever calls through it stops calling while too many calls fail.
about-service-mesh-super-mushroom = On a machine or spring: tries failed calls again, within a budget.
about-api-gateway-star = The entry: sends each class of requests its way, and lets no more through than its limit.
about-event-storm-lightning = A broker: writes requests down, answers at once, and hands them on lane by lane, one after the other.
about-pipe = Carries requests there and answers back.
about-pipe-loose = A loose end. Drag from it to join a machine.
valve-open = Valve open
valve-shut = Valve shut

# What a pipe or a piece would cost, beside its ghost: coins, and time there and back.
ghost-price = { $coins }
ghost-pipe = { $coins } · { $latency } there and back
ghost-change = { $coins } · { $before }, then { $latency } there and back

refusal-outside-map = The map ends here
refusal-rock = Rock: go round it
refusal-sky = Stay below the ground
refusal-piece-there = Something stands here
refusal-pipe-there = A pipe runs here
refusal-twice = The pipe is here already
refusal-not-beside = One cell at a time
refusal-no-cells = A pipe needs a cell
refusal-same-way = Join an outlet to an inlet
refusal-led-elsewhere = This pipe leads elsewhere: draw from a free outlet
refusal-no-such = That is gone
refusal-name-taken = The name is taken
refusal-bad-name = Not a name
refusal-fixed = This stays where it is
refusal-none-left = No { $kind } left
refusal-too-dear = Costs { $price }, you have { $left }
refusal-no-knob = Nothing to turn here
refusal-bad-setting = Not to be set like that
refusal-needs-pipe = Put it on a pipe
refusal-needs-caller = Put it on a spring or machine room
refusal-no-calls-here = A warp pipe makes no calls of its own
refusal-has-one = There is one already
refusal-no-bridge = Cross straight pipes at right angles
refusal-no-turn = This does not turn
refusal-too-many = Too much at once
refusal-board-full = The board is full
refusal-not-in-flow = Only while time stands still

callout-rejected = Turned away: the queue of { $room } is full
callout-limited = Turned away: { $room } lets no more through
callout-log-full = Turned away: the log of { $room } is full
callout-timed-out = Gave up after { $total }
callout-no-route = Nowhere to go
callout-where-queue = { $part } in the queue of { $room }
callout-where-service = { $part } with a worker of { $room }
callout-where-pipe = { $part } in pipes
callout-where-lost = its message never came through
callout-where-hazard = { $part } held up by a fault
callout-where-client = { $part } held back by its client
callout-failed = Failed
callout-short-circuited = Not sent

# The runs of one board: the first, and those that left it when the player acted in the past.
branches = What if
branch-first = First run
branch-from = { $number }: from { $at } s
debrief-won = The town has its water.
# The same where the aim was to break a system.
debrief-broken = It broke, and now you know where.
debrief-lost = Not yet.
# Of all that was lost.
debrief-lost-all =
    { $count ->
        [one] one failed or was late
       *[other] { $count } failed or were late
    }
debrief-losses = What went wrong
debrief-losses-to-break = What was lost
debrief-losses-won = What was lost all the same
debrief-no-losses = Nothing. Not one request was lost or late.
debrief-loss = { $how }: { $why }
outcome-late = came late
outcome-timed-out = gave up
outcome-rejected = turned away
outcome-no-route = stranded
outcome-failed = failed
outcome-short-circuited = not sent
cause-queue = most of the time in the queue of { $room }
cause-service = most of the time with a worker of { $room }
cause-pipe = most of the time in pipes
cause-hazard = { $room } was in the way
cause-client = their client held them back
cause-full = the queue of { $room } was full
cause-no-route = there was no way on from { $room }
cause-lost = the message was lost
cause-down = { $room } was down
cause-error = { $room } answered with an error
cause-open = the breaker of { $room } was open
cause-bulkhead = the bulkhead of { $room } was full
cause-expired = too late when their turn came at { $room }
cause-limited = { $room } lets no more through
cause-broker = most of the time in a batch of { $room }
cause-log-full = the log of { $room } was full
star-met = Objectives met
star-par = Under par
star-par-spare =
    { $coins ->
        [0] nothing left over
        [one] one coin to spare
       *[other] { $coins } coins to spare
    }
star-par-over =
    { $coins ->
        [one] one coin too many
       *[other] { $coins } coins too many
    }
star-robust = Robust
star-robust-later = win first
# How many held-out seeds have been won, of those played so far.
star-robust-figure = { $won } / { $played }
star-robust-needed = { $needed } of { $seeds } other days needed
star-later = First meet all objectives
chart-latency = Latency of answers, ms
chart-requests = Requests a second
chart-offered = sent out
chart-good = in time
chart-late = late
chart-failed = failed
chart-goal = goal { $bound }
chart-s = { $s } s
chart-no-answers = no answer came back

# What a sound tells, for those who do not hear it. Short: it stands on the board for two seconds.
caption-refused = (dull knock) That cannot be done
caption-gave-up = (falling drop) A client gave up
caption-lost = (fizzle) A message was lost
caption-overload = (hoarse pipe) A room turns requests away
caption-deregistered = (falling chime) A service is gone
caption-in-tune = (rising chime) Every objective holds
caption-piranha-bite = (snap) A piranha plant bites
caption-thwomp-slam = (heavy thud) A Thwomp slams down
caption-gate-slam = (metal slam) A gate slams shut
caption-enemy-beaten = (bright chime) An enemy is beaten
caption-flame-lights = (whoosh) A breaker lights up
caption-flame-half-open = (flicker) A breaker tries again
caption-flame-dies = (hiss) A breaker goes out
caption-win = (fanfare) The town has its water
caption-lose = (falling tune) Not yet

engineer-title = Engineer's panel
