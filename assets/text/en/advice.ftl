# What the sage says of a run that was lost: what hurt most, and what helps against it.

sage-worst = { $count } requests were lost to one thing, { $share } % of the loss: { $why }.
advice-queue = Who stands in line that long is served in vain. Share the water with another room, or allow a shorter line.
advice-service = The work itself takes too long there. Send less of it that way, or ask a room that is quicker.
advice-pipe = Every cell counts twice, there and back. Look for a shorter way.
advice-hazard = Lead the water round it, or see to it that a call which it holds up is tried elsewhere.
advice-client = Their own client made them wait. Less patience before the next try, or fewer tries.
advice-full = More comes than it can work off. Share the water, or send less to it.
advice-no-route = Join the loose end, or open the valve.
advice-lost = What is lost under way is not asked for again by itself. Let it be tried again, or lead it another way.
advice-down = Do not send to who is not there: find out sooner, or have another one ready.
advice-error = Asking the same again gets the same answer. Ask another one, or ask less.
advice-open = A breaker opens for a reason. Mend that, or let it look again sooner.
advice-bulkhead = Its calls under way are bounded. Make them shorter, or allow more of them.
advice-expired = They came too late to be of use. What is before it must become quicker.
