# A run that is lost though it goes on.
lost-title = This run is lost
lost-why = The error budget was spent at { $at } s: nothing that comes can win it back.
button-debrief = How it went
button-watch-on = Keep watching
button-result = Back to the result
budget-spent = spent
key-debrief = D
key-debrief-does = how it went, once a run is lost
