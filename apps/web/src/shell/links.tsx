import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type LinkProps<Look> = Look & Omit<ComponentPropsWithRef<'a'>, keyof Look>;

/** A link of the text that leads to a page of ours: with what Mantine draws, and the addresses that the router knows. */
export const AnchorLink = createLink((props: LinkProps<AnchorProps>) => <Anchor {...props} />);

/** The same, as a button. */
export const ButtonLink = createLink((props: LinkProps<ButtonProps>) => <Button component="a" {...props} />);
