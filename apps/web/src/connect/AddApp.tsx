import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

export function AddApp() {
  return (
    <Button component={Link} to="/integrations/add" leftSection={<IconPlus size={16} aria-hidden />}>
      Add new app
    </Button>
  );
}
