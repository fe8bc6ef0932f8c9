package eventstore

import (
	"errors"
	"testing"

	"koersvast/domain"
)

// wantHeld compares the positions that follow the first in a tail.
func wantHeld(t *testing.T, tail *tail, want ...domain.Position) {
	t.Helper()
	held, last, _, broken := tail.after(0)
	if broken != nil {
		t.Fatal(broken)
	}
	if len(held) != len(want) || len(want) > 0 && last != want[len(want)-1] {
		t.Fatalf("it holds %d messages up to %d, want %d", len(held), last, want)
	}
	for i, m := range held {
		if m.Position != want[i] {
			t.Errorf("it holds %d, want %d", m.Position, want[i])
		}
	}
}

func TestWhatIsAcknowledgedTooEarlyWaitsForWhatIsBeforeIt(t *testing.T) {
	var tail tail
	grown := tail.bell.next()
	tail.take([]Message{{Position: 3}, {Position: 4}})
	tail.take([]Message{{Position: 2}})
	wantHeld(t, &tail)
	select {
	case <-grown:
		t.Error("it rang before anything could be read")
	default:
	}
	tail.take([]Message{{Position: 1}})
	<-grown
	wantHeld(t, &tail, 1, 2, 3, 4)
	if len(tail.early) > 0 {
		t.Errorf("%d messages still wait", len(tail.early))
	}
}

func TestWhatIsAcknowledgedTooEarlyMayWaitForTheLog(t *testing.T) {
	var tail tail
	for p := domain.Position(2); p <= tailEarly+5; p++ {
		tail.take([]Message{{Position: p}})
	}
	if len(tail.early) != tailEarly {
		t.Errorf("%d messages wait, want no more than %d", len(tail.early), tailEarly)
	}
	for p := domain.Position(1); p <= 3; p++ {
		tail.follow(Message{Position: p}, nil) // as it is read, and has been acknowledged in part
	}
	if _, last, known, _ := tail.after(0); last != tailEarly+1 || known != tailEarly+5 {
		t.Errorf("it reaches to %d of %d, want %d of %d", last, known, tailEarly+1, tailEarly+5)
	}
}

func TestATailThatIsBrokenTakesNothing(t *testing.T) {
	var tail tail
	tail.follow(Message{Position: 2}, nil)
	tail.take([]Message{{Position: 1}})
	if held, _, _, broken := tail.after(0); len(held) > 0 || !errors.Is(broken, ErrDamaged) {
		t.Errorf("it holds %d messages, and says %v", len(held), broken)
	}
}
