// Package domain holds the words of the change programme: the facts that can
// happen, the commands that ask for them, and the rules between the two.
//
// Everything here is a pure function of its arguments. Nothing reads a clock,
// draws a random number, opens a file or talks to a network; the layout test
// at the module's root says so to anyone who tries.
//
// Each concept of the programme has a package below this one. Their names
// read as sentences: promise.Make is a command, promise.Made the fact it
// leads to, promise.State what past facts add up to. Concepts know each other
// by id only.
package domain

import "time"

// An Event is a fact. The log keeps it under its name for as long as the
// programme lives, so a name that was written once is never reused.
type Event interface {
	EventName() string
}

// An EventOf is an Event that knows what it changes in a state of type S.
// Evolve never changes the state it is given: states are shared by readers.
type EventOf[S any] interface {
	Event
	Evolve(S) S
}

// A Command asks for facts about one stream. Decide answers with the facts
// that follow from it, with none when it is already so, or with an [Error]
// when the rules forbid it.
type Command[S any] interface {
	Stream() Stream
	Decide(S, Act) ([]EventOf[S], error)
}

// A Condition is what must be true of another stream, and stay true until
// the facts of a command are in the log. Holds refuses with an [Error].
type Condition[S any] interface {
	Stream() Stream
	Holds(S) error
}

// An Act says who does something, when, where and in answer to what. One
// command is one act, whatever the number of facts it leads to.
type Act struct {
	ID        ActID
	Programme ProgrammeID
	By        PersonID  // "" for what the program notes by itself, and nobody decided
	At        time.Time // when it was recorded; a fact that happened earlier says so itself

	// Cause is the act that this one follows from, and Correlation the first
	// one of that chain; both are empty when a person asked for it.
	Cause, Correlation ActID

	// Trace is the W3C traceparent of the request, if it had one.
	Trace string
}

// Today is the day of the act.
func (a Act) Today() Day { return DayOf(a.At) }

// A Position orders the acts of the whole log. The zero Position is before
// the first.
type Position uint64

// A Stream names the history of one thing, such as one promise. Commands
// leave Programme empty: it is the programme of the act, so that no command
// can reach over the wall between two programmes.
type Stream struct {
	Programme ProgrammeID
	Kind      string // the concept's name, for example "promise"
	ID        string
}

// In returns the stream of that name in a programme.
func (s Stream) In(p ProgrammeID) Stream {
	s.Programme = p
	return s
}

func (s Stream) String() string { return string(s.Programme) + "." + s.Kind + "." + s.ID }

// A Record is one act as the log keeps it for one stream, with the facts it
// led to there. A record without events only moves the position.
type Record struct {
	Position Position
	Stream   Stream
	Act
	Events []Event
}
