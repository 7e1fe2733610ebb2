"""How the local entailment model is made: data, training, export. Not shipped with the package."""
