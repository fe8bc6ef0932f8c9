package eventstore_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/eventstore"
	"koersvast/eventstore/eventstoretest"
)

// written returns the body of an act with one text, as the log keeps it.
func written(t *testing.T, act domain.Act, text string) eventstore.Message {
	t.Helper()
	log := eventstore.NewMemory(codec)
	if _, err := log.Append(t.Context(), act, eventstoretest.At("a", 0, text, "two")); err != nil {
		t.Fatal(err)
	}
	for m := range log.Messages(t.Context(), 0) {
		return m
	}
	panic("unreachable")
}

var fullAct = domain.Act{
	ID: "act-1", Programme: "north", By: "ada", At: time.Date(2026, 6, 1, 9, 30, 0, 5, time.UTC),
	Cause: "act-0", Correlation: "act-00", Trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
}

func TestABodyIsWrittenLikeThis(t *testing.T) {
	const want = `{"v":1,"acts":[{"id":"act-1","by":"ada","at":"2026-06-01T09:30:00.000000005Z",` +
		`"cause":"act-0","correlation":"act-00","trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",` +
		`"facts":[{"id":"act-1-1","type":"test.noted","data":{"Text":"one"}},{"id":"act-1-2","type":"test.noted","data":{"Text":"two"}}]}]}`
	if diff := cmp.Diff(want, string(written(t, fullAct, "one").Body)); diff != "" {
		t.Errorf("the body differs (-want +got):\n%s", diff)
	}
}

// spaced writes the same JSON in another form, so that it is not read quickly.
func spaced(t *testing.T, m eventstore.Message) eventstore.Message {
	t.Helper()
	b, err := json.MarshalIndent(json.RawMessage(m.Body), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	m.Body = b
	return m
}

func TestReadingQuicklyIsReadingTheSame(t *testing.T) {
	bare := domain.Act{ID: "act-1", Programme: "north", By: "ada", At: fullAct.At}
	odd := fullAct
	odd.Trace = `odd "é" <\` + "\n"
	for _, act := range []domain.Act{fullAct, bare, odd} {
		for _, text := range []string{"", "plain", `brace } and " and \`, "] \\\" {{", "é\x00\u2028<&>", strings.Repeat(`\`, 9)} {
			m := written(t, act, text)
			if quick := eventstore.IsQuick(m); quick != (act != odd) {
				t.Errorf("read quickly: %v, for %s", quick, m.Body)
			}
			got, err := codec.Decode(m)
			if err != nil {
				t.Errorf("Decode(%s): %v", m.Body, err)
			}
			want, err := codec.Decode(spaced(t, m))
			if err != nil {
				t.Errorf("Decode: %v", err)
			}
			if diff := cmp.Diff(want, got); diff != "" || got.Act != act {
				t.Errorf("reading %s (-slowly +quickly):\n%s", m.Body, diff)
			}
		}
	}
}

func TestADamagedBodyIsReadTheSameOrNotAtAll(t *testing.T) {
	m := written(t, fullAct, "one")
	for i := range m.Body {
		for _, c := range []byte(`"\{}[],:a1 ` + "\x00\xff") {
			changed := m
			changed.Body = append([]byte(nil), m.Body...)
			changed.Body[i] = c
			got, err := codec.Decode(changed)
			if err != nil {
				if !errors.Is(err, eventstore.ErrDamaged) {
					t.Fatalf("Decode(%s): %v", changed.Body, err)
				}
				continue
			}
			if !json.Valid(changed.Body) {
				t.Fatalf("Decode took %s", changed.Body)
			}
			want, err := codec.Decode(spaced(t, changed))
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Fatalf("reading %s: %v (-slowly +quickly):\n%s", changed.Body, err, diff)
			}
		}
		changed := m
		changed.Body = m.Body[:i]
		if rec, err := codec.Decode(changed); !errors.Is(err, eventstore.ErrDamaged) {
			t.Fatalf("Decode(%s) = %v, %v", changed.Body, rec, err)
		}
	}
}

func TestBodiesOfALaterVersionAreNotGuessedAt(t *testing.T) {
	for _, body := range []string{
		`{"v":2,"acts":[]}`,
		`{"acts":[]}`,
		`{"v":1,"acts":[{"id":"a","by":"b","at":"2026-06-01T09:30:00Z","facts":[]},{"id":"c","by":"b","at":"2026-06-01T09:30:00Z","facts":[]}]}`,
		``,
		`null`,
	} {
		if rec, err := codec.Decode(eventstore.Message{Position: 7, Body: []byte(body)}); !errors.Is(err, eventstore.ErrDamaged) {
			t.Errorf("Decode(%s) = %v, %v", body, rec, err)
		}
	}
}

// lost is a sealer that cannot read its keys.
type lost struct{}

var errLost = domain.Refuse(domain.Unavailable, "test_lost", "the keys cannot be read")

func (lost) Seal(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, errLost }
func (lost) Open(domain.KeyID, []byte, []byte) ([]byte, error) { return nil, errLost }

func TestALogWhoseKeysCannotBeReadIsNotDamaged(t *testing.T) {
	log := eventstore.NewMemory(codec)
	whisper := eventstore.Write{Stream: eventstoretest.Book("a"), Events: []domain.Event{eventstoretest.Whispered{Text: secret()}}}
	if _, err := log.Append(t.Context(), fullAct, whisper); err != nil {
		t.Fatal(err)
	}
	for m := range log.Messages(t.Context(), 0) {
		_, err := eventstore.NewCodec(eventstoretest.Events(), lost{}).Decode(m)
		if !errors.Is(err, errLost) || errors.Is(err, eventstore.ErrDamaged) || !strings.Contains(err.Error(), "at 1:") {
			t.Errorf("Decode: %v, want what is the matter with the keys, and where", err)
		}
	}
}

func TestTwoTypesOfOneNamePanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("they were taken")
		}
	}()
	eventstore.NewCodec(append(eventstoretest.Events(), eventstoretest.Events()...), eventstoretest.NewVault())
}
