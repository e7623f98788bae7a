//go:build tools

// Package tools keeps the Pulumi CLI among this module's requirements: `go mod tidy` drops whatever
// no Go file imports.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
