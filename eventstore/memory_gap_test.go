package eventstore

import (
	"errors"
	"slices"
	"testing"

	"koersvast/domain"
)

func TestAGapInMemoryIsDamage(t *testing.T) {
	log := NewMemory(NewCodec([]domain.EventType{domain.TypeOf[happened]()}, nil))
	for p := range domain.Position(3) {
		act := domain.Act{ID: "act", Programme: "north"}
		s := domain.Stream{Kind: "book", ID: string('a' + rune(p))}
		if _, err := log.Append(t.Context(), act, Write{Stream: s, Events: []domain.Event{happened{}}}); err != nil {
			t.Fatal(err)
		}
	}
	log.messages = slices.Delete(log.messages, 1, 2)
	var err error
	n := 0
	for _, err = range log.After(t.Context(), 0) {
		n++
	}
	if n != 2 || !errors.Is(err, ErrDamaged) {
		t.Errorf("after %d records: %v, want ErrDamaged instead of the second", n, err)
	}
}

type happened struct{}

func (happened) EventName() string { return "test.happened" }
