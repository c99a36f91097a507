"""The desk's forms: plain `forms.Form`, whose cleaned values are the values the actions take."""
