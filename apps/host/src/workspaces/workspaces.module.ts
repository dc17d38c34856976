import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesController } from './workspaces.controller.js';

@Module({ imports: [ApiKeysModule, UsersModule], controllers: [WorkspacesController] })
export class WorkspacesModule {}
