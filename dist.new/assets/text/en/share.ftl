# Sharing: what one hands on, and what others hand over.

sheet-share = Share
share-run = The run
share-build = The build alone
share-run-about = The whole run with all its branches. Whoever opens it can watch it, check it, and go on from any moment.
share-build-about = What is built, without the run. Whoever opens it turns on the water themselves.
share-qr-help = For a telephone: point its camera here.
share-no-qr = It is too long for a picture that a telephone could read. The link and the file hold all of it.
share-long-link = This link is long: some programs cut it off. A file is safer.
share-copy = Copy the link
share-save = Save as a file
share-copied = The link is copied.
share-not-copied = The link cannot be copied here: save it as a file.
share-saved-at = Saved: { $path }
share-downloaded = { $name } is downloaded.
share-not-saved = It could not be saved: { $reason }
share-film = A moving picture
share-film-about = The last seconds of the run as a GIF, to post.
share-film-failed = There is no picture: this device did not give one. Try again.
share-shoot = Make a picture
share-save-picture = Save the picture ({ $megabytes } MB)

# What is read out of what has only an icon.
control-shoot = Make another picture
control-pack-page = Another page

menu-open-file = Open a file

# What came in.
sheet-arriving = Someone’s run
arrive-about = The run is computed again, to see whether it is what it says.
arrive-level-unknown = The level that this belongs to is not here.
arrive-build-misfits = Some of what was built does not fit this level any more.
arrive-orders-left-out = The build is laid. What was ordered while the water flowed is left to you.
arrive-misfits = This run does not fit its level: it is of another version of it, or was changed.
arrive-too-much = This run would take too long to compute: it is not opened.
arrive-empty-pack = There is no level in this pack.
sheet-pack = Levels of the pack
pack-untitled = A pack
pack-count = { $title }: { $count ->
        [one] one level
       *[other] { $count } levels
    }
pack-page = { $page } / { $pages }

# While someone else's run is watched.
watch-verified = Someone else’s run. Computed again, it is the same to the last drop.
watch-differs = Someone else’s run. Computed again, it is not what it says it was: it was changed.
watch-other-rules = Someone else’s run, from another version of the game: what you see may differ from what they saw.
watch-other-level = Someone else’s run, in another version of this level: what you see may differ from what they saw.
watch-taken-over = Now it is yours: change something, and your own branch begins at this moment.
watch-take-over = Take it over
watch-build-own = Build my own
watch-debrief = Someone else’s run: it does not count as yours.
