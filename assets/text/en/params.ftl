# What can be set about a piece: its name, and what it means in one line.

unit-count = { "" }
unit-per-second = /s
unit-ms = ms
unit-bytes = B
unit-percent = %
unit-choice = { "" }

param-policy = Who is next?
param-policy-help = How the warp pipe chooses the outlet of the next request.
param-queue = Room to wait
param-queue-help = Requests that may wait for a worker; one more is turned away. A long line hides trouble and makes answers late.
param-line = Order of the line
param-line-help = Who is served next when a worker is free.
param-calls = Calls
param-calls-help = Whether the calls at its outlets are made one after the other or all at once.
param-call-timeout = Patience for a call
param-call-timeout-help = How long it waits for the answer to one of its calls. Its worker is held all that time.
param-replicas = Copies
param-replicas-help = Copies of the service. Each can fail alone.
param-workers = Workers
param-workers-help = Requests that one copy works on at the same time.
param-service-time = Work for a request
param-service-time-help = How long a request keeps a worker on average.
param-outlets = Outlets
param-outlets-help = To how many others it makes a call for each request.
param-failure-percent = Opens at failures of
param-failure-percent-help = The share of failed calls from which on it stops calling.
param-window = Calls looked back on
param-window-help = The share of failures is taken over so many of the last calls. Few: quick but nervous. Many: calm but slow.
param-open-time = Stays open for
param-open-time-help = How long no call goes through before it tries again.
param-trials = Trial calls
param-trials-help = Calls that it lets through to see whether all is well again.
param-slow-call = Slow from
param-slow-call-help = A call that takes longer counts as slow, whether it fails or not.
param-slow-percent = Opens at slow calls of
param-slow-percent-help = The share of slow calls from which on it stops calling.
param-retries = Retries
param-retries-help = Tries beyond the first. Each is more work for a machine that may be failing for lack of room.
param-try-timeout = Patience for a try
param-try-timeout-help = How long it waits for one try before it makes the next.
param-retry-budget = Retry budget
param-retry-budget-help = Retries at once per hundred calls under way; three are always allowed. It keeps retries from drowning what they shall rescue.
param-backoff = First wait
param-backoff-help = What the waits before retries start from; each is longer than the last, and spread by chance.
param-backoff-cap = Longest wait
param-backoff-cap-help = No wait before a retry is longer.
param-hop-cost = Cost of a hop
param-hop-cost-help = What the sidecar adds to each message's way, there and back.
param-limit = Limit
param-limit-help = Requests a second that it lets through; one more hears at once that there are too many. 0: no limit.
param-burst = Burst
param-burst-help = Requests that it lets through at once after a quiet time. Each takes a token; tokens come back at the rate of the limit.
param-limits = Whom it counts
param-limits-help = Whose requests the limit counts; all others pass.
param-canary = Canary
param-canary-help = The share of what would go ahead that goes up instead: a new version is tried with few first.
param-way-browse = Browse goes
param-way-browse-help = By which outlet requests of people who browse go on.
param-way-buy = Buy goes
param-way-buy-help = By which outlet requests of people who buy go on.
param-way-batch = Batch goes
param-way-batch-help = By which outlet requests of machines go on.
param-batch = Batch
param-batch-help = Events that fill a batch. A large one is cheap to write and waits long; without a key as many go to one lane before another has its turn.
param-linger = Linger
param-linger-help = How long a batch waits for more events before it is written all the same. Whoever sends them waits as long.
param-log-limit = Room in the log
param-log-limit-help = Events that each lane keeps until they are worked off; one more is turned away. Much room hides how far behind it is.
param-consume-timeout = Patience for an event
param-consume-timeout-help = How long it waits until an event is worked off. Then it hands it on once more, and those behind it wait.
param-append-time = Writing a batch
param-append-time-help = How long it takes on average, however many events are in it. Each lane writes one batch at a time.
param-redeliver-backoff = Wait before another try
param-redeliver-backoff-help = How long a lane rests after an event has failed before it hands it on once more.
param-rate = Requests
param-rate-help = Mean number of requests a second.
param-timeout = Patience
param-timeout-help = How long a client waits for its answer in all.
param-request-size = Size of a request
param-request-size-help = Bytes that a request puts into a pipe.
param-response-size = Size of an answer
param-response-size-help = Bytes that an answer puts into a pipe.

choice-round-robin = Round robin
choice-least-request = Least request
choice-random = Random
choice-least-request-full-scan = Fewest requests
choice-power-of-two = Power of two choices
choice-least-response-time = Fastest answers
choice-fifo = First come, first served
choice-lifo = Last come, first served
choice-priority = By priority
choice-codel = CoDel
choice-sequential = One after the other
choice-parallel = All at once
choice-way-ahead = Ahead
choice-way-up = Up
choice-way-down = Down
choice-limits-all = All
choice-limits-browse = Browse
choice-limits-buy = Buy
choice-limits-batch = Batch

class-browse = browse
class-buy = buy
class-batch = batch

# What a choice means, in one line.
choice-round-robin-help = Each outlet in turn.
choice-least-request-help = Of two drawn at random, the one with fewer requests under way.
choice-random-help = Any outlet, by chance.
choice-least-request-full-scan-help = Of all outlets, the one with the fewest requests under way.
choice-power-of-two-help = Of two different ones drawn at random, the one with fewer requests under way.
choice-least-response-time-help = Of two drawn at random, the one whose answers have lately come soonest, for the requests it has.
choice-fifo-help = Fair, but under overload everyone waits too long.
choice-lifo-help = Under overload the newest are answered in time, and the oldest hardly ever.
choice-priority-help = The most important first; among equals the one that came first.
choice-codel-help = First come, first served; while even the shortest wait is too long, some are turned away.
choice-sequential-help = Their times add up.
choice-parallel-help = It waits for the slowest of them.
choice-way-ahead-help = Straight through.
choice-way-up-help = Out at the top.
choice-way-down-help = Out at the bottom.
choice-limits-all-help = Every request takes a token.
choice-limits-browse-help = Only those who browse are limited.
choice-limits-buy-help = Only those who buy are limited.
choice-limits-batch-help = Only machines are limited.

# The inspector: about a knob.
knobs-advanced = Advanced
knobs-main = Main knobs
knob-range = From { $min } to { $max }. Usually { $default }.
knob-choice = One of { $count }. Usually: { $default }.
knob-by-level = Set by the level
knob-fixed = It belongs to the level

# What a knob, a piece or a pipe does just now.
now-capacity = at most { $rate } requests a second
now-room = { $busy } of { $workers } at work, { $queued } of { $queue } waiting
now-waiting = { $count } waiting
now-at-work = { $count } at work
now-served = { $count } served
now-up = { $count } up
now-calls = { $count } under way
now-sent = { $count } sent
now-limited = { $count } turned away
now-tokens = { $count } left
now-retries = { $count } under way
now-breaker-closed = lets through
now-breaker-half-open = tries again
now-breaker-open = holds back

# The inspector: about a pipe.
pipe-length = Length
pipe-cells = { $cells } { $cells ->
    [one] cell
   *[other] cells
}
pipe-round-trip = There and back
pipe-bandwidth = Bandwidth
pipe-cost = Cost
pipe-coins = { $coins } coins
pipe-in-flight = Under way
pipe-lost = Lost
