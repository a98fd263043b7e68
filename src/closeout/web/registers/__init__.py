"""The registers beside the cases: partners, policies, training, contracts, inspections, traces."""
