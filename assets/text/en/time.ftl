# Time and causes: the ride, predictions, what broke first, branches.

# What a place is called that has no name of its own.
place-pipe = pipe to { $room }
place-gone = something that is gone

# Why a request failed or was late: how it ended, after how long, and what held it up.
reason = { $how } after { $total }: { $why }
reason-at-once = { $how } at once: { $why }
reason-queue = waited { $part } in the queue of { $room }
reason-queue-busy = waited { $part } in the queue of { $room }, { $busy } % busy
reason-service = { $part } with a worker of { $room }
reason-pipe = { $part } in pipes, most of it in the { $room }
outcome-good = answered in time
callout-where-queue-busy = { $part } in the queue of { $room }, { $busy } % busy

# The ride: one request, followed hop by hop.
ride-title = Request { $number }, { $class }
ride-request = the request
ride-try = try { $nth }
ride-answer = answer
ride-pipe = On its way: { $room }. { $since } so far.
ride-back = Its answer comes back: { $room }. { $since } so far.
ride-queue = It waits in the queue of { $room }. { $since } so far.
ride-work = A worker of { $room } is at it. { $since } so far.
ride-waiting = { $room } waits for an answer to its own call. { $since } so far.
ride-client = Its client holds it back, or waits for an answer that will not come. { $since } so far.
ride-answered = Answered after { $total }, in time.
ride-what-network = pipes
ride-what-queue = queue
ride-what-service = work
ride-what-hazard = fault
ride-what-waiting = waits for calls
ride-what-client = held back

# The run slows down for a moment.
slow-loss = The game slows down for you: the first request is lost, or late
slow-burning = The game slows down for you: the error budget burns fast
settings-slow-moments = Slow down at the first loss

# What hurts most, while the water flows.
causes = What hurts most
causes-lost = { $count } lost
causes-row =
    { $share ->
        [0] { $count } (hardly any of the budget)
       *[other] { $count } ({ $share } % of budget)
    }
causes-others = all others

# The prediction.
sheet-predict = What breaks first?
predict-about = Say it before the water flows, and see afterwards how right you were. Skip what you like.
predict-means = What breaks is what costs you the run: the place that most of what lost it was lost to. Where the objectives are met nothing broke, even if some requests were lost.
predict-means-to-break = What breaks is what gives in first: the place that most of the lost requests are lost to.
predict-breaks = What breaks first?
predict-nothing = nothing
predict-spell = And when?
predict-spell-of = { $from }–{ $to } s, { $load }/s
predict-band = How bad does p99 get at worst?
predict-under = up to { $to }
predict-between = { $from } to { $to }
predict-over = over { $from }
predict-done = Keep my guess
predict-back = Clear
guess = Your prediction
guess-right = { $right } of { $all }
guess-said = you said
guess-was = it was
guess-breaks = What breaks first
guess-spell = When
guess-band = Worst p99
guess-at = { $at } s, { $load }/s
guess-never = never
guess-held = nothing: it held
guess-so-far = { $right } of { $all } answers right so far

# What broke first: a title and a line for each step.
onset = What broke first
# The same of a run that met all objectives.
onset-won = Where it strained, and held
# The same where the aim was to break a system, and it held out.
onset-held = How it held out
onset-about = first cause to last effect; tap a step to jump there
onset-began = The water came
onset-began-detail = { $rate } a second
onset-rose = { $room } stepped up
onset-rose-detail = { $from } to { $to } a second
onset-struck = { $enemy }
onset-struck-detail = began: { $room }
onset-command = You acted
onset-command-detail = { $what }
onset-strained = { $room } could not keep up
onset-full = { $room } filled its queue
onset-strained-detail =
    { $workers ->
        [one] one worker
       *[other] { $workers } workers
    }, { $busy } % busy, up to { $waited } of waiting
# The same where nobody waited that was lost.
onset-busy-detail =
    { $workers ->
        [one] one worker
       *[other] { $workers } workers
    }, { $busy } % busy
onset-retries = Retries piled on
onset-retries-detail = { $tries } tries each: { $rate } more a second
onset-slow = All was slow
onset-slow-detail = half of the first answers took { $half } or more
onset-opened = The breaker of { $room } opened
onset-late = The first came late: { $room }
onset-lost = The first was lost: { $room }
onset-lost-detail =
    { $count ->
        [one] { $how } after { $total }
       *[other] the worst { $how } after { $total }; { $count } like it
    }
onset-lost-at-once =
    { $count ->
        [one] { $how } at once
       *[other] { $how } at once; { $count } like it
    }
onset-spent = The error budget was spent
onset-missed = An objective was missed
onset-missed-detail = { $objective }; it was { $was }
# The same where the aim is to break a system: it broke, or it held out.
onset-broken = It broke
onset-broken-detail = more was lost than it can bear
onset-stands = It still stands

# One's own build beside others.
others = Your build beside others
others-count =
    { $solutions ->
        [0] no solution to see
        [one] one solution
       *[other] { $solutions } solutions
    }, { $runs ->
        [0] no earlier win
        [one] one win of yours
       *[other] { $runs } wins of yours
    }
others-cost = Cost
others-p99 = p99
others-you = you { $figure }
others-par = par { $figure }
others-none = Nobody to compare with yet.
others-cheapest = No build that met all objectives is cheaper.
others-cheaper = Cheaper than { $dearer } of { $others } builds that met all objectives

chart-worst = worst { $worst }, { $at } s
chart-wasted = wasted on retries: { $count }
debrief-of-budget =
    { $share ->
        [0] hardly any budget
       *[other] { $share } % of budget
    }
debrief-other-losses = and { $count } more, to other causes

# The sage, by what most was lost to.
sage-queue = { $share } % of what you lost was lost to waiting, at { $room }. A queue that grows does not shrink by itself: give { $room } another worker, or send it less.
sage-full = { $room } had no room left and turned them away: { $share } % of what you lost. That is better than to let them wait in vain, but somebody must do the work. Share it out, or add workers.
sage-broker = { $share } % of what you lost lay in batches, at { $room }. A batch that waits to be full makes everyone in it wait. Let it linger less, or make it smaller.
sage-log-full = { $room } turned away { $share } % of what you lost, because its log was full. A log is a loan: what it takes in must be worked off. Give it more consumers, or quicker ones.
sage-service = The work itself took too long at { $room }. More workers do not make one request faster: look for a quicker place, or a quicker way.
sage-pipe = Most of the time went into the { $room }. Distance is time, there and back, for each request. Lay it shorter.
sage-dry = No water ever reached { $room }: lead a pipe there.
sage-hazard = { $room } did this: { $share } % of what you lost. It will come again. Build so that it may strike and nobody suffers.
sage-client = They were held back by { $room } itself: it waited before it tried again. Patience costs time, too. Give it less of it.
sage-no-route = From { $room } no way led on. Water that finds no way is lost at once. Join the pipe, or open the valve.
sage-lost = Messages were lost: { $room }. Nobody hears of a lost message; its client waits until it gives up. Send less through there, or try again soon.
sage-down = { $room } was down, and nobody took over. What is alone is nothing when it falls. Give it a second replica.
sage-error = { $room } answered, but with errors. Errors are answers: try again where it helps, and stop where it does not.
sage-open = A breaker was open at { $room }, and refused { $share } % of what you lost. It protected what lies behind. Ask what made it open.
sage-bulkhead = The bulkhead of { $room } was full. It keeps one from sinking all; whoever finds it full is turned away. Make it wider, or the calls shorter.
sage-limited = { $room } turned away { $share } % of what you lost: that was above its limit. A limit keeps what lies behind it alive; ask whom it should count, and how many what lies behind can bear.
sage-retries = A retry is new load that arrives exactly when you can least bear it. It began at { $room }, and trying again made the rest of it. Give retries a budget: one for every ten calls.
sage-slow = Hardly anything was lost, and still it was too slow, from the first answer on. Look where each answer spends its time: most of it in what lies nearest to { $room }.

# Forks and branches.
fork-armed = Now change one thing. What you did later stays, and the same requests come again.
fork-refused =
    { $count ->
        [one] One later command was not possible any more.
       *[other] { $count } later commands were not possible any more.
    }
button-fork = Fork from here
branch-fork = { $number }: fork at { $at } s
branches-compare = Compare
sheet-branches = Branches
branch-naming = A name for “{ $name }”
branch-name-1 = Plan A
branch-name-2 = Plan B
branch-name-3 = Better
branch-name-4 = Worse
compare-goodput = goodput
compare-p50 = p50
compare-p99 = p99
compare-cost = cost
compare-budget = budget
compare-per-s = { $per_s }/s
differ = “{ $one }” and “{ $other }”
differ-not = Up to now they do not differ.
differ-count = The second has { $gained } good answers that the first has not, and lacks { $forfeited } that the first has.
link-command = Only in “{ $branch }”: { $what }
link-first = The first thing that differs, { $place }: { $one } – and in the second: { $other }
link-piece = From here on { $place } does other things
link-request = One request fares differently, { $place }: { $one } – and in the second: { $other }
link-ended = In “{ $branch }” that request { $how } after { $total }
link-ended-at-once = In “{ $branch }” that request { $how } at once
edit-shut = { $place } shut
edit-opened = { $place } opened
edit-set = { $place } set differently
edit-other = another change
fact-nothing = nothing
fact-issued = a request is issued by { $place }
fact-entered = a request enters the { $place }
fact-entered-back = an answer enters the { $place }
fact-lost = a message is lost in the { $place }
fact-chosen = the { $place } is chosen
fact-began = { $place } begins with a request
fact-finished = { $place } is done with a request
fact-rejected = { $place } turns a request away
fact-stored = { $place } reads or writes a record
fact-abandoned = a client of { $place } gives up
fact-retried = { $place } will try again
fact-hedged = { $place } sends a second attempt
fact-short-circuited = { $place } does not send a call
fact-breaker-open = the breaker of { $place } opens
fact-breaker-shut = the breaker of { $place } turns
fact-hazard = a fault begins or ends: { $place }
fact-replica = a replica of { $place } changes
fact-ended = a request from { $place } ends
fact-applied = a command takes effect
fact-appended = { $place } has written a batch
fact-committed = an event of { $place } is worked off
fact-redelivered = { $place } will hand an event on once more

key-ride = V
key-ride-does = ride a request, failed ones first
key-fork = K
key-fork-does = make the next change a fork
