package eventstore

import "github.com/nats-io/nats.go"

// Conn is the connection of the log, for tests that look past it.
func (j *JetStream) Conn() *nats.Conn { return j.nc }
