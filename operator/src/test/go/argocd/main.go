// What Argo CD and kstatus make of objects, by their own code: JSON in, JSON out.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/diff"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

type question struct {
	// data of argocd-cm
	Settings map[string]string `json:"settings"`
	// name of an action to run on each object; empty for none
	Action  string                       `json:"action"`
	Objects []*unstructured.Unstructured `json:"objects"`
	Pairs   []pair                       `json:"pairs"`
}

// What git says, what the cluster holds, and what an apply by the server would come to.
type pair struct {
	Config    *unstructured.Unstructured `json:"config"`
	Live      *unstructured.Unstructured `json:"live"`
	Predicted string                     `json:"predicted"`
}

type answer struct {
	Objects []opinion `json:"objects"`
	// differences, empty when in sync
	Ordinary   []string `json:"ordinary"`
	ServerSide []string `json:"serverSide"`
}

type opinion struct {
	Health  *health.HealthStatus       `json:"health"`
	Kstatus string                     `json:"kstatus"`
	Actions []string                   `json:"actions"`
	Changed *unstructured.Unstructured `json:"changed,omitempty"`
}

type dryRun string

func (d dryRun) Run(context.Context, *unstructured.Unstructured, string) (string, error) {
	return string(d), nil
}

func main() {
	var asked question
	must(json.NewDecoder(os.Stdin).Decode(&asked))
	overrides := vm(asked.Settings)
	told := answer{Objects: []opinion{}, Ordinary: []string{}, ServerSide: []string{}}
	for _, object := range asked.Objects {
		told.Objects = append(told.Objects, look(overrides, object, asked.Action))
	}
	for _, one := range asked.Pairs {
		ordinary, err := diff.Diff(one.Config, one.Live)
		must(err)
		told.Ordinary = append(told.Ordinary, difference(ordinary))
		server, err := diff.Diff(one.Config, one.Live, diff.WithServerSideDiff(true),
			diff.WithServerSideDryRunner(dryRun(one.Predicted)), diff.WithManager("argocd-controller"),
			diff.WithIgnoreMutationWebhook(false))
		must(err)
		told.ServerSide = append(told.ServerSide, difference(server))
	}
	must(json.NewEncoder(os.Stdout).Encode(told))
}

// As the application controller reads its settings.
func vm(data map[string]string) lua.VM {
	namespace := "argocd"
	labels := map[string]string{"app.kubernetes.io/part-of": "argocd"}
	client := fake.NewClientset(
		&corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: common.ArgoCDConfigMapName, Namespace: namespace, Labels: labels}, Data: data},
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: common.ArgoCDSecretName, Namespace: namespace, Labels: labels}})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	overrides, err := settings.NewSettingsManager(ctx, client, namespace).GetResourceOverrides()
	must(err)
	return lua.VM{ResourceOverrides: overrides}
}

func look(vm lua.VM, object *unstructured.Unstructured, action string) opinion {
	found := opinion{Actions: []string{}}
	var err error
	found.Health, err = health.GetResourceHealth(object, lua.ResourceHealthOverrides(vm.ResourceOverrides))
	must(err)
	computed, err := status.Compute(object)
	must(err)
	found.Kstatus = computed.Status.String()
	scripts, err := vm.GetResourceActionDiscovery(object)
	must(err)
	if len(scripts) > 0 {
		actions, err := vm.ExecuteResourceActionDiscovery(object, scripts)
		must(err)
		for _, one := range actions {
			found.Actions = append(found.Actions, one.Name)
		}
	}
	if action != "" {
		definition, err := vm.GetResourceAction(object, action)
		must(err)
		changed, err := vm.ExecuteResourceAction(object, definition.ActionLua, nil)
		must(err)
		found.Changed = changed[0].UnstructuredObj
	}
	return found
}

func difference(result *diff.DiffResult) string {
	if !result.Modified {
		return ""
	}
	return fmt.Sprintf("%s -> %s", result.NormalizedLive, result.PredictedLive)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
