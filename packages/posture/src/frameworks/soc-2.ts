/** SOC 2: criteria of the Trust Services that a check speaks to, in our words. Source: AICPA, TSP section 100 (2017, points of focus of 2022). */
export const SOC_2 = {
  'CC6.1': 'Access to what is protected is restricted by logical means',
  'CC6.2': 'Users are registered before, and removed when access is no longer allowed',
  'CC6.3': 'Access follows roles, least privilege and separation of duties',
  'CC6.6': 'Protection against what comes from outside of the boundary',
  'CC6.7': 'Movement of information is restricted and protected',
  'CC6.8': 'Unauthorised software is kept out',
  'CC7.1': 'Changes of configuration that open a weakness are found',
  'CC7.2': 'The system is watched for anomalies',
  'CC7.3': 'Events are judged for whether they are incidents',
  'CC9.2': 'Risks of vendors and partners are managed',
} as const;
