# The enemies: their names, and what they do.

enemy-latency-piranha-plant = Latency Piranha Plant
enemy-coordination-thwomp = Coordination Thwomp
enemy-circuit-breaker-thwomp = Circuit Breaker Thwomp
about-latency-piranha-plant = Bites its pipe: while it is out, all that passes is held up.
about-coordination-thwomp = Slams on a machine: it stands still, goes down, is slow, or answers with errors.
about-circuit-breaker-thwomp = Slams a pipe shut, one way or both, squeezes it, or makes it leak. Nobody says so.

# Their names in short, while one plans.
plate-latency-piranha-plant = Piranha Plant
plate-coordination-thwomp = Thwomp
plate-circuit-breaker-thwomp = Gate Thwomp
plate-crash = Crash Thwomp
plate-vanish = Silent Thwomp
plate-slow = Slow Thwomp
plate-errors = Error Thwomp
plate-shut-forward = Deaf Gate
plate-shut-backward = Mute Gate
plate-leak = Leaky Gate
plate-squeeze = Narrow Gate

# What one of them does. Of those that are not always the same, $n says how strong it is.
foe-delay = Bites its pipe: while it is out, all that passes is held up, for { $n } on average.
foe-pause = Slams on a machine: it stands still, work and all, and goes on afterwards.
foe-crash = Slams on a machine: it goes down with its work, and who calls it is told at once.
foe-vanish = Cuts a machine's power: it is gone without a word, and who calls it waits until the timeout.
foe-slow = Slams on a machine: all that it begins takes { $n } times as long.
foe-errors = Slams on a machine: it answers { $n } % of what comes with an error, and at once.
foe-shut = Slams a pipe shut: what is sent into it is gone, both ways, and nobody says so.
foe-shut-forward = Shuts a pipe one way: requests vanish in it. Answers would pass.
foe-shut-backward = Shuts a pipe one way: requests arrive and make work, but their answers vanish.
foe-leak = Makes a pipe leak: { $n } % of what passes is lost, either way, and nobody says so.
foe-squeeze = Squeezes a pipe: only { $n } % of its bandwidth is left, either way.
foe-copies =
    { $n ->
        [one] It hits one copy only.
       *[other] It hits { $n } copies only.
    }

# What becomes of what is struck, after its name.
struck-delay = held up
struck-pause = stands still
struck-crash = down
struck-vanish = gone without a word
struck-slow = slow
struck-errors = answers with errors
struck-shut = shut
struck-shut-forward = requests vanish
struck-shut-backward = answers vanish
struck-leak = leaks
struck-squeeze = narrow
