package eventstore_test

import (
	"testing"

	"koersvast/eventstore"
	"koersvast/eventstore/eventstoretest"
)

func TestMemory(t *testing.T) {
	eventstoretest.Test(t, func(_ testing.TB, c *eventstore.Codec) eventstore.Log {
		return eventstore.NewMemory(c)
	})
}
