"""What share of its duties an office gets done on time at a given caseload."""
