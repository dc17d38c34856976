import { Module } from '@nestjs/common';
import { UserInvitation } from './user-invitation.js';
import { UsersController } from './users.controller.js';

@Module({ controllers: [UsersController], providers: [UserInvitation], exports: [UserInvitation] })
export class UsersModule {}
