package eventstore_test

import (
	"testing"

	"koersvast/eventstore"
	"koersvast/eventstore/eventstoretest"
)

func TestJetStream(t *testing.T) {
	eventstoretest.Test(t, func(tb testing.TB, c *eventstore.Codec) eventstore.Log {
		return open(tb, eventstore.Config{Dir: tb.TempDir()}, c)
	})
}

// open opens a log and closes it when the test is over.
func open(tb testing.TB, cfg eventstore.Config, c *eventstore.Codec) *eventstore.JetStream {
	tb.Helper()
	log, err := eventstore.Open(tb.Context(), cfg, c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := log.Close(); err != nil {
			tb.Error(err)
		}
	})
	return log
}
