import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ConditionList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condition', models.CharField(choices=[('pledge', 'PLEDGE'), ('award', 'AWARD')], max_length=16)),
                ('title', models.CharField(max_length=200)),
                ('source', models.CharField(max_length=500)),
                ('as_of', models.DateField(help_text='day up to which the list is complete, as its source says')),
                ('sample', models.BooleanField(default=False)),
                ('digest', models.CharField(help_text='SHA-256 of the sheet', max_length=64)),
                ('read', models.PositiveIntegerField()),
                ('kept', models.PositiveIntegerField()),
                ('refused', models.JSONField(default=list)),
                ('imported_at', models.DateTimeField(auto_now_add=True)),
                ('imported_by', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['condition', 'as_of', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('condition', 'digest'), name='measures_condition_list_once')],
            },
        ),
        migrations.CreateModel(
            name='ListedPatent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('patent_id', models.CharField(max_length=80)),
                ('day', models.DateField(help_text='of the registration, or of the award: from then on the condition is met')),
                ('reference', models.CharField(help_text='number of the registration, or name of the award', max_length=200)),
                ('amount', models.DecimalField(decimal_places=2, help_text='CNY; null: not stated', max_digits=16, null=True)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='patents', to='measures.conditionlist')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'patent_id', 'reference'), name='measures_listed_once')],
            },
        ),
    ]
