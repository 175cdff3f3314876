{{/* There is one operator in a cluster: its definitions and policies are the cluster's. So its name does not vary with the release. */}}
{{- define "spe.name" -}}secure-prediction-operator{{- end }}

{{- define "spe.selector" -}}
app.kubernetes.io/name: {{ include "spe.name" . }}
{{- end }}

{{- define "spe.labels" -}}
{{ include "spe.selector" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: secure-prediction
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "spe.subject" -}}
kind: ServiceAccount
name: {{ .Values.serviceAccount.name }}
namespace: {{ .Release.Namespace }}
{{- end }}

{{/* Takes the values of one image and the chart's appVersion. */}}
{{- define "spe.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{ $image.repository }}{{ with $image.tag }}:{{ . }}{{ end }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default (index . 1) }}
{{- end -}}
{{- end }}
