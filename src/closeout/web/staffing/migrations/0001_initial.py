import closeout.web.tables
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0003_sites_and_recusals'),
        ('registers', '0001_initial'),
    ]

    operations = [
        closeout.web.tables.CreateModels(
            operations=[migrations.CreateModel(
                name='TimeStudy',
                fields=[
                    ('row_version', models.PositiveIntegerField(db_default=1, default=1)),
                    ('row_source', models.CharField(choices=[('entered', 'entered'), ('imported', 'imported'), ('derived', 'derived')], db_default='imported', default='entered', max_length=8)),
                    ('row_updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                    ('study_id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('label', models.CharField(max_length=120)),
                    ('design', models.CharField(choices=[('diary', 'diary'), ('random_moment', 'random moment')], max_length=40)),
                    ('state', models.CharField(choices=[('planned', 'planned'), ('running', 'running'), ('finished', 'finished'), ('cancelled', 'cancelled')], max_length=40)),
                    ('from_on', models.DateField()),
                    ('to_on', models.DateField()),
                    ('weeks', models.BigIntegerField()),
                    ('moments_a_week', models.BigIntegerField(blank=True, null=True)),
                    ('office', models.ForeignKey(blank=True, db_column='office_id', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.office')),
                    ('role', models.CharField(blank=True, choices=[('deportation_officer', 'deportation officer'), ('supervisor', 'supervisor'), ('director', 'director'), ('enforcement_assistant', 'enforcement assistant'), ('planner', 'planner'), ('program_manager', 'program manager'), ('instructor', 'instructor'), ('juvenile_coordinator', 'juvenile coordinator'), ('inspector', 'inspector'), ('special_unit', 'special unit')], max_length=40, null=True)),
                    ('aimed_error', models.FloatField(blank=True, null=True)),
                    ('seed', models.BigIntegerField(blank=True, null=True)),
                    ('planned_on', models.DateField(blank=True, null=True)),
                    ('planned_by', models.ForeignKey(blank=True, db_column='planned_by', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.officer')),
                ],
                options={
                    'db_table': 'staffing_time_studies',
                    'constraints': [models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='time_studies_from_before_to')],
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='StudySample',
                fields=[
                    ('row_version', models.PositiveIntegerField(db_default=1, default=1)),
                    ('row_source', models.CharField(choices=[('entered', 'entered'), ('imported', 'imported'), ('derived', 'derived')], db_default='imported', default='entered', max_length=8)),
                    ('row_updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                    ('sample_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('study', models.ForeignKey(db_column='study_id', on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='staffing.timestudy')),
                    ('officer', models.ForeignKey(db_column='officer_no', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.officer')),
                    ('office', models.ForeignKey(db_column='office_id', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.office')),
                    ('week_from', models.DateField()),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('asked', 'asked'), ('recorded', 'recorded'), ('declined', 'declined'), ('absent', 'absent')], max_length=40)),
                    ('settled_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'db_table': 'staffing_study_samples',
                    'indexes': [models.Index(fields=['officer', 'week_from'], name='study_samples_of_officer')],
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='StudyMoment',
                fields=[
                    ('row_version', models.PositiveIntegerField(db_default=1, default=1)),
                    ('row_source', models.CharField(choices=[('entered', 'entered'), ('imported', 'imported'), ('derived', 'derived')], db_default='imported', default='entered', max_length=8)),
                    ('row_updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                    ('moment_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('study', models.ForeignKey(db_column='study_id', on_delete=django.db.models.deletion.PROTECT, related_name='moments', to='staffing.timestudy')),
                    ('officer', models.ForeignKey(db_column='officer_no', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.officer')),
                    ('office', models.ForeignKey(db_column='office_id', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.office')),
                    ('observed_at', models.DateTimeField()),
                    ('activity', models.CharField(max_length=64)),
                    ('case', models.ForeignKey(blank=True, db_column='case_no', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ],
                options={
                    'db_table': 'staffing_study_moments',
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ActivityChange',
                fields=[
                    ('row_version', models.PositiveIntegerField(db_default=1, default=1)),
                    ('row_source', models.CharField(choices=[('entered', 'entered'), ('imported', 'imported'), ('derived', 'derived')], db_default='imported', default='entered', max_length=8)),
                    ('row_updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                    ('change_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('activity', models.CharField(max_length=64)),
                    ('kind', models.CharField(choices=[('policy', 'policy'), ('procedure', 'procedure'), ('system', 'system'), ('law', 'law')], max_length=40)),
                    ('changed_on', models.DateField()),
                    ('policy_version', models.ForeignKey(blank=True, db_column='policy_version_id', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.policyversion')),
                ],
                options={
                    'db_table': 'staffing_activity_changes',
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='SufficiencyAnswer',
                fields=[
                    ('row_version', models.PositiveIntegerField(db_default=1, default=1)),
                    ('row_source', models.CharField(choices=[('entered', 'entered'), ('imported', 'imported'), ('derived', 'derived')], db_default='imported', default='entered', max_length=8)),
                    ('row_updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                    ('answer_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('study', models.ForeignKey(blank=True, db_column='study_id', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staffing.timestudy')),
                    ('activity', models.CharField(max_length=64)),
                    ('officer', models.ForeignKey(db_column='officer_no', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.officer')),
                    ('is_enough', models.BooleanField()),
                    ('suggested_minutes', models.FloatField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, choices=[('steps_left_out', 'steps left out'), ('interrupted', 'interrupted'), ('waiting_for_others', 'waiting for others'), ('system_slow', 'system slow'), ('travel', 'travel'), ('language', 'language'), ('training', 'training'), ('other', 'other')], max_length=40, null=True)),
                    ('answered_on', models.DateField()),
                ],
                options={
                    'db_table': 'staffing_sufficiency_answers',
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='DelphiEstimate',
                fields=[
                    ('row_version', models.PositiveIntegerField(db_default=1, default=1)),
                    ('row_source', models.CharField(choices=[('entered', 'entered'), ('imported', 'imported'), ('derived', 'derived')], db_default='imported', default='entered', max_length=8)),
                    ('row_updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                    ('estimate_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('panel', models.CharField(max_length=64)),
                    ('activity', models.CharField(max_length=64)),
                    ('round', models.CharField(choices=[('first', 'first'), ('second', 'second')], max_length=40)),
                    ('officer', models.ForeignKey(db_column='officer_no', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.officer')),
                    ('low_minutes', models.FloatField()),
                    ('likely_minutes', models.FloatField()),
                    ('high_minutes', models.FloatField()),
                    ('reason', models.CharField(blank=True, choices=[('experience', 'experience'), ('procedure', 'procedure'), ('quality', 'quality'), ('complexity', 'complexity'), ('travel', 'travel'), ('other', 'other')], max_length=40, null=True)),
                    ('estimated_on', models.DateField()),
                ],
                options={
                    'db_table': 'staffing_delphi_estimates',
                    'constraints': [models.CheckConstraint(condition=models.Q(('low_minutes__isnull', True), ('likely_minutes__isnull', True), ('likely_minutes__gte', models.F('low_minutes')), _connector='OR'), name='delphi_estimates_low_before_likely'), models.CheckConstraint(condition=models.Q(('likely_minutes__isnull', True), ('high_minutes__isnull', True), ('high_minutes__gte', models.F('likely_minutes')), _connector='OR'), name='delphi_estimates_likely_before_high')],
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='WeightAdjustment',
                fields=[
                    ('row_version', models.PositiveIntegerField(db_default=1, default=1)),
                    ('row_source', models.CharField(choices=[('entered', 'entered'), ('imported', 'imported'), ('derived', 'derived')], db_default='imported', default='entered', max_length=8)),
                    ('row_updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                    ('adjustment_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('activity', models.CharField(max_length=64)),
                    ('office', models.ForeignKey(blank=True, db_column='office_id', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.office')),
                    ('panel', models.CharField(blank=True, max_length=64, null=True)),
                    ('observed_minutes', models.FloatField(blank=True, null=True)),
                    ('adjusted_minutes', models.FloatField()),
                    ('low_minutes', models.FloatField()),
                    ('high_minutes', models.FloatField()),
                    ('reason', models.CharField(choices=[('steps_left_out', 'steps left out'), ('too_little_time', 'too little time'), ('better_practice', 'better practice'), ('new_policy', 'new policy'), ('other', 'other')], max_length=40)),
                    ('rationale', models.CharField(max_length=120)),
                    ('decided_on', models.DateField()),
                    ('decided_by', models.ForeignKey(db_column='decided_by', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.officer')),
                    ('approved_on', models.DateField(blank=True, null=True)),
                    ('approved_by', models.ForeignKey(blank=True, db_column='approved_by', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.officer')),
                    ('expires_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'db_table': 'staffing_weight_adjustments',
                    'constraints': [models.CheckConstraint(condition=models.Q(('low_minutes__isnull', True), ('adjusted_minutes__isnull', True), ('adjusted_minutes__gte', models.F('low_minutes')), _connector='OR'), name='weight_adjustments_low_before_adjusted'), models.CheckConstraint(condition=models.Q(('adjusted_minutes__isnull', True), ('high_minutes__isnull', True), ('high_minutes__gte', models.F('adjusted_minutes')), _connector='OR'), name='weight_adjustments_adjusted_before_high'), models.CheckConstraint(condition=models.Q(('decided_on__isnull', True), ('approved_on__isnull', True), ('approved_on__gte', models.F('decided_on')), _connector='OR'), name='weight_adjustments_decided_before_approved'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('approved_by__isnull', True), models.Q(('decided_by', models.F('approved_by')), _negated=True), _connector='OR'), name='weight_adjustments_two_people')],
                    'abstract': False,
                },
            )],
        ),
    ]
