package keys

import (
	"crypto/cipher"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// readKeyFile reads the key-encryption key: 64 hexadecimal digits.
func readKeyFile(path string) (cipher.AEAD, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("keys: reading the key-encryption key: %w", err)
	}
	k, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(k) != keySize {
		return nil, fmt.Errorf("keys: %s holds no key-encryption key: that is %d hexadecimal digits", path, 2*keySize)
	}
	defer clear(k)
	return newAEAD(k)
}

// makeKeyFile writes a new key-encryption key, readable by its owner only. A
// file that is already there, or that another process makes at the same
// moment, stays as it is.
func makeKeyFile(path string) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), ".koersvast-*") // 0600
	if err != nil {
		return fmt.Errorf("keys: making the key-encryption key: %w", err)
	}
	defer os.Remove(temporary.Name())
	defer temporary.Close()
	if _, err := fmt.Fprintf(temporary, "%x\n", newKey()); err != nil {
		return fmt.Errorf("keys: making the key-encryption key: %w", err)
	}
	if err := temporary.Sync(); err != nil {
		return fmt.Errorf("keys: making the key-encryption key: %w", err)
	}
	// A link, unlike a rename, never replaces a key that somebody relies on.
	if err := os.Link(temporary.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keys: making the key-encryption key: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return nil
}

// apart refuses a key file that lies in the folder of the store: one copy of
// that folder would then hold everything that is needed to read it.
func apart(store, keyFile string) error {
	folder, err := resolve(filepath.Dir(store))
	if err != nil {
		return err
	}
	beside, err := resolve(filepath.Dir(keyFile))
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(folder, beside); err == nil && filepath.IsLocal(rel) {
		return fmt.Errorf("keys: the key-encryption key %s lies inside the data folder %s; keep it elsewhere, so that no copy of the folder can be read by itself", keyFile, folder)
	}
	return nil
}

func resolve(folder string) (string, error) {
	p, err := filepath.Abs(folder)
	if err != nil {
		return "", fmt.Errorf("keys: %w", err)
	}
	if p, err = filepath.EvalSymlinks(p); err != nil {
		return "", fmt.Errorf("keys: %w", err)
	}
	return p, nil
}

func exists(path string) (bool, error) {
	f, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("keys: %w", err)
	}
	return f.Size() > 0, nil
}
