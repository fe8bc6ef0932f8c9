package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"koersvast/domain"
	"koersvast/eventstore/keys"
)

// secret returns a secret of the installation, and makes it at the first
// call. It stands in a file, sealed under a key of the key store, so that it
// stays the same when the key-encryption key is replaced.
func secret(ks *keys.Store, file string, key domain.KeyID) ([]byte, error) {
	sealed, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		sealed, err = newSecret(ks, file, key)
	}
	if err != nil {
		return nil, err
	}
	s, err := ks.Open(key, sealed, []byte(key))
	if err != nil {
		return nil, fmt.Errorf("%s does not open: %w", file, err)
	}
	return s, nil
}

func newSecret(ks *keys.Store, file string, key domain.KeyID) ([]byte, error) {
	s := []byte(rand.Text() + rand.Text())
	sealed, err := ks.Seal(key, s, []byte(key))
	if err != nil {
		return nil, err
	}
	return sealed, writeFile(file, sealed)
}

// writeFile writes a file whole or not at all. It is there to stay when
// writeFile returns: what is sealed with a secret is lost with it.
func writeFile(name string, b []byte) (err error) {
	f, err := os.OpenFile(name+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
