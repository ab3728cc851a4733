# The world map: its sections, and what is said about a level.

map-title = The maze under the town
map-start = Start here
map-onward = Next
map-open = Follow the light, or skip ahead: no gate is locked.
map-stars = { $has } of { $all } stars
map-section-stars = { $has }/{ $all }

section-1 = Junction
section-1-about = Service Discovery Hub
section-1-teaches = Registry, health checks, DNS: how a caller learns where a service is, and that it is gone.
section-2 = Tunnel
section-2-about = Communication Channels
section-2-teaches = Calls and queues: timeouts, retries, back-off, and how long a line may grow.
section-3 = Flow Control
section-3-about = Load Balancing
section-3-teaches = Sharing the load: which room is next, and when one more is worth its price.
section-4 = Data Rapids
section-4-about = Event Streaming
section-4-teaches = Partitions, consumer groups and delivery guarantees: water that must not be lost, nor come twice.
section-5 = Command Center
section-5-about = Coordination
section-5-teaches = Leaders, locks and quorums: who decides when some cannot hear each other.
map-site = Under construction
map-site-about = The tunnel is dug, but there is no level in it yet.

genre-puzzle = Puzzle
genre-build = Build
genre-incident = Incident
genre-migration = Migration
genre-chaos = Chaos
genre-minigame = Against the clock

map-later = Not yet recommended: { $name } comes first. You may skip ahead.
map-star-met = Meet every objective
map-star-par = At most { $par } coins
map-star-robust = Holds on other days
map-best-cost = Best cost
map-best-p99 = Best p99
map-attempts = Attempts
map-play = Play
map-play-anyway = Play anyway
map-play-again = Play again
map-all-won = Every level is won. The town has its water.
