// Command validate tells whether manifests are what the API server of Kubernetes 1.34 takes: unknown
// fields are refused, defaults are set, and the server's own validation runs. JobSets are an extension
// whose module isn't used here: their fields are those below, and each of their jobs is validated as a Job.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	podutil "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/batch"
	batchinternal "k8s.io/kubernetes/pkg/apis/batch/v1"
	batchvalidation "k8s.io/kubernetes/pkg/apis/batch/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	coreinternal "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// What is used of JobSets, jobset.x-k8s.io/v1alpha2.
type jobSet struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		ReplicatedJobs []struct {
			Name      string                  `json:"name"`
			Replicas  int32                   `json:"replicas"`
			Template  batchv1.JobTemplateSpec `json:"template"`
			DependsOn []struct {
				Name   string `json:"name"`
				Status string `json:"status"`
			} `json:"dependsOn,omitempty"`
		} `json:"replicatedJobs"`
		FailurePolicy *struct {
			MaxRestarts int32 `json:"maxRestarts"`
		} `json:"failurePolicy,omitempty"`
	} `json:"spec"`
}

var scheme = runtime.NewScheme()

func init() {
	for _, add := range []func(*runtime.Scheme) error{
		batch.AddToScheme, batchinternal.AddToScheme, core.AddToScheme, coreinternal.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
}

func main() {
	failed := len(os.Args) < 2
	for _, path := range os.Args[1:] {
		count, err := checkFile(path)
		if err != nil {
			failed = true
			fmt.Printf("%s: %v\n", path, err)
		} else {
			fmt.Printf("%s: %d documents are valid\n", path, count)
		}
	}
	if failed {
		os.Exit(1)
	}
}

func checkFile(path string) (int, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for count := 0; ; count++ {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return count, nil
		}
		if err == nil {
			err = check(document)
		}
		if err != nil {
			return count, err
		}
	}
}

func check(document []byte) error {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal(document, &kind); err != nil {
		return err
	}
	switch kind.APIVersion + " " + kind.Kind {
	case "batch/v1 Job":
		var job batchv1.Job
		if err := read(document, &job); err != nil {
			return err
		}
		return checkJob(&job)
	case "v1 PersistentVolumeClaim":
		var claim corev1.PersistentVolumeClaim
		if err := read(document, &claim); err != nil {
			return err
		}
		return checkClaim(&claim)
	case "jobset.x-k8s.io/v1alpha2 JobSet":
		var set jobSet
		if err := read(document, &set); err != nil {
			return err
		}
		return checkJobSet(&set)
	}
	return fmt.Errorf("%s %s is not known here", kind.APIVersion, kind.Kind)
}

// As the server reads: names are case-sensitive, none is unknown and none comes twice.
func read(document []byte, into any) error {
	text, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return err
	}
	strict, err := kjson.UnmarshalStrict(text, into)
	return errors.Join(append(strict, err)...)
}

func checkJob(job *batchv1.Job) error {
	job.Namespace, job.UID = "default", "00000000-0000-0000-0000-000000000000"
	// As the server does before it looks at a new job.
	labels := map[string]string{
		batchv1.ControllerUidLabel: string(job.UID), "controller-uid": string(job.UID),
		batchv1.JobNameLabel: job.Name, "job-name": job.Name,
	}
	if job.Spec.Template.Labels == nil {
		job.Spec.Template.Labels = map[string]string{}
	}
	for name, value := range labels {
		job.Spec.Template.Labels[name] = value
	}
	job.Spec.Selector = &metav1.LabelSelector{
		MatchLabels: map[string]string{batchv1.ControllerUidLabel: string(job.UID)},
	}
	scheme.Default(job)
	var internal batch.Job
	if err := scheme.Convert(job, &internal, nil); err != nil {
		return err
	}
	return batchvalidation.ValidateJob(&internal, batchvalidation.JobValidationOptions{
		PodValidationOptions:  podutil.GetValidationOptionsFromPodTemplate(&internal.Spec.Template, nil),
		RequirePrefixedLabels: true,
	}).ToAggregate()
}

func checkClaim(claim *corev1.PersistentVolumeClaim) error {
	claim.Namespace = "default"
	scheme.Default(claim)
	var internal core.PersistentVolumeClaim
	if err := scheme.Convert(claim, &internal, nil); err != nil {
		return err
	}
	options := corevalidation.ValidationOptionsForPersistentVolumeClaim(&internal, nil)
	return corevalidation.ValidatePersistentVolumeClaim(&internal, options).ToAggregate()
}

func checkJobSet(set *jobSet) error {
	known := map[string]bool{}
	path := field.NewPath("spec", "replicatedJobs")
	if len(set.Spec.ReplicatedJobs) == 0 {
		return field.Required(path, "a JobSet has jobs")
	}
	for i, one := range set.Spec.ReplicatedJobs {
		at := path.Index(i)
		if one.Replicas < 1 {
			return field.Invalid(at.Child("replicas"), one.Replicas, "must be 1 or more")
		}
		if known[one.Name] {
			return field.Duplicate(at.Child("name"), one.Name)
		}
		for _, other := range one.DependsOn {
			if !known[other.Name] {
				return field.Invalid(at.Child("dependsOn"), other.Name, "must be a job before this one")
			}
			if other.Status != "Ready" && other.Status != "Complete" {
				return field.NotSupported(at.Child("dependsOn"), other.Status, []string{"Ready", "Complete"})
			}
		}
		known[one.Name] = true
		for replica := range one.Replicas {
			job := &batchv1.Job{
				ObjectMeta: one.Template.ObjectMeta,
				Spec:       one.Template.Spec,
			}
			job.Name = fmt.Sprintf("%s-%s-%d", set.Name, one.Name, replica)
			// Pods are known by NAME-INDEX.
			if job.Spec.Completions != nil {
				pod := fmt.Sprintf("%s-%d", job.Name, *job.Spec.Completions-1)
				if wrong := validation.IsDNS1123Label(pod); len(wrong) > 0 {
					return field.Invalid(at.Child("name"), pod, wrong[0])
				}
			}
			if err := checkJob(job); err != nil {
				return fmt.Errorf("%s: %w", at, err)
			}
		}
	}
	return nil
}
